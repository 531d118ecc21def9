import { screen } from '@testing-library/react';
import React from 'react';

import { Chart, loadsByAddress } from '../chart';
import { draw, fakeContext } from './fakes';

describe('loadsByAddress', () => {
  it('finds an address at any depth', () => {
    expect(loadsByAddress({ layer: [{ data: { url: 'https://example.org/a.csv' } }] })).toBe(true);
    expect(loadsByAddress({ encoding: { href: { field: 'x' } } })).toBe(true);
  });

  it('lets rows of data have a column of that name', () => {
    expect(loadsByAddress({ data: { values: [{ url: '/home', n: 1 }] } })).toBe(false);
  });
});

describe('Chart', () => {
  it('does not draw what loads by address', () => {
    const { context } = fakeContext({});
    const createRenderer = jest.fn();
    const rendermime = { createRenderer } as never;
    const spec = { data: { url: 'https://example.org/a.csv' } };
    draw(<Chart spec={spec} label="Sales" />, { ...context, rendermime });
    expect(createRenderer).not.toHaveBeenCalled();
    expect(screen.getByRole('figure', { name: 'Sales' }).textContent).toContain('not drawn');
  });
});
