import { fireEvent, screen } from '@testing-library/react';
import React from 'react';

import { draw, fakeContext, job, noteCommand } from '../../shared/__tests__/fakes';
import { StatusLine } from '../status';

function status(engine: Record<string, unknown>, warnings: string[] = []) {
  const all = { path: null, message: '', job: null, ...engine };
  return { version: '1', workspace: '/w', engine: all, user: 'ada', role: 'admin', warnings };
}

describe('StatusLine', () => {
  it('says nothing while all is well', async () => {
    const { context, asked } = fakeContext({ 'get /status': status({ state: 'ready' }) });
    const { container } = draw(<StatusLine />, context);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(asked).toHaveLength(1);
    expect(container.textContent).toBe('');
  });

  it('offers to set up an engine that is missing', async () => {
    const { context } = fakeContext({ 'get /status': status({ state: 'missing' }) });
    const setUp = noteCommand(context, 'cookhouse:set-up-engine');
    draw(<StatusLine />, context);
    fireEvent.click(await screen.findByRole('button', { name: 'Set Up the Engine' }));
    expect(setUp).toHaveBeenCalled();
  });

  it('shows how far the engine is', async () => {
    const { context } = fakeContext({
      'get /status': status({ state: 'building', job: 'j1' }),
      'get /jobs/{id}': job({ title: 'Set Up the Engine', step: 'Installing polars' })
    });
    draw(<StatusLine />, context);
    expect(await screen.findByText('Installing polars')).toBeTruthy();
    expect(screen.getByRole('progressbar').getAttribute('aria-label')).toBe('Set Up the Engine');
  });

  it('shows what the server warns of', async () => {
    const warning = 'The workspace lies in a folder that is served.';
    const { context } = fakeContext({ 'get /status': status({ state: 'ready' }, [warning]) });
    draw(<StatusLine />, context);
    expect(await screen.findByText(warning)).toBeTruthy();
  });
});
