import { fireEvent, screen } from '@testing-library/react';
import React, { useState } from 'react';

import { Page } from '../page';
import { draw } from './fakes';

function First(): JSX.Element {
  const [text] = useState('first');
  return <p>{text}</p>;
}

const tabs = [
  { id: 'one', label: 'One', body: First },
  { id: 'two', label: 'Two', body: () => <p>second</p> }
];

describe('Page', () => {
  it('goes through its tabs by arrow keys, around the end', () => {
    draw(<Page title="A page" tabs={tabs} />);
    expect(screen.getByText('first')).toBeTruthy();
    fireEvent.keyDown(screen.getByRole('tablist'), { key: 'ArrowRight' });
    expect(screen.getByRole('tab', { selected: true }).textContent).toBe('Two');
    expect(screen.getByText('second')).toBeTruthy();
    fireEvent.keyDown(screen.getByRole('tablist'), { key: 'ArrowRight' });
    expect(screen.getByRole('tab', { selected: true }).textContent).toBe('One');
  });

  it('keeps a disabled action reachable with its reason, and does not run it', () => {
    const onClick = jest.fn();
    const action = { id: 'x', label: 'Go', caption: 'Go on', onClick, disabled: 'Not yet.' };
    draw(<Page title="A page" tabs={tabs} actions={[action]} />);
    const button = screen.getByRole('button', { name: 'Go' });
    fireEvent.click(button);
    expect(onClick).not.toHaveBeenCalled();
    expect(button.title).toBe('Not yet.');
    expect(button.getAttribute('aria-disabled')).toBe('true');
  });
});
