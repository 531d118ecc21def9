import { fireEvent, screen } from '@testing-library/react';
import React from 'react';

import { RowList } from '../rows';
import { draw } from './fakes';

const empty = { text: 'Nothing yet.' };

function names(): string[] {
  return screen.getAllByRole('option').map(row => row.textContent ?? '');
}

describe('RowList', () => {
  it('says what to do first where it is empty, and offers it', () => {
    const onClick = jest.fn();
    const action = { label: 'Make it', onClick };
    draw(<RowList label="Things" items={[]} empty={{ ...empty, action }} />);
    fireEvent.click(screen.getByRole('button', { name: 'Make it' }));
    expect(onClick).toHaveBeenCalledTimes(1);
  });

  it('opens the row that was reached by keyboard', () => {
    const onOpen = jest.fn();
    const items = [
      { id: 'a', title: 'a', onOpen: () => onOpen('a') },
      { id: 'b', title: 'b', onOpen: () => onOpen('b') }
    ];
    draw(<RowList label="Things" items={items} empty={empty} />);
    const list = screen.getByRole('listbox', { name: 'Things' });
    fireEvent.keyDown(list, { key: 'ArrowDown' });
    fireEvent.keyDown(list, { key: 'Enter' });
    expect(onOpen.mock.calls).toEqual([['b']]);
    expect(screen.getByRole('option', { selected: true }).textContent).toBe('b');
  });

  it('opens its own menu by the menu key', () => {
    const onClick = jest.fn();
    const menu = [{ label: 'Delete', caption: 'Delete it', onClick }];
    draw(<RowList label="Things" items={[{ id: 'a', title: 'a', menu }]} empty={empty} />);
    fireEvent.keyDown(screen.getByRole('listbox'), { key: 'ContextMenu' });
    expect(document.querySelector('.lm-Menu-itemLabel')?.textContent).toBe('Delete');
  });

  it('filters by title, and says so when nothing fits', () => {
    const items = ['one', 'two', 'three'].map(id => ({ id, title: id }));
    draw(<RowList label="Things" items={items} filter empty={empty} />);
    const filter = screen.getByRole('searchbox', { name: 'Filter Things' });
    fireEvent.change(filter, { target: { value: 'T' } });
    expect(names()).toEqual(['two', 'three']);
    fireEvent.change(filter, { target: { value: 'x' } });
    expect(screen.getByText('Nothing fits the filter.')).toBeTruthy();
  });

  it('offers more where there are more', () => {
    const onMore = jest.fn();
    const items = [{ id: 'a', title: 'a' }];
    draw(<RowList label="Things" items={items} total={9} onMore={onMore} empty={empty} />);
    fireEvent.click(screen.getByText('Show more (1 of 9)'));
    expect(onMore).toHaveBeenCalled();
  });
});
