import { Widget } from '@lumino/widgets';
import { act } from '@testing-library/react';
import React from 'react';

import { fakeContext } from '../../shared/__tests__/fakes';
import { shares } from '../heights';
import { Sections } from '../sections';

function make(): { sidebar: Sections; activate: jest.Mock } {
  const activate = jest.fn();
  const { context } = fakeContext({});
  return { sidebar: new Sections(context, () => <p>status</p>, activate), activate };
}

const section = (id: string, rank: number) => ({
  id,
  rank,
  title: id,
  body: () => <p>body of {id}</p>
});

const titles = (sidebar: Sections): string[] =>
  sidebar.panel.widgets.map(widget => widget.title.label);

describe('Sections', () => {
  it('stand by rank, whatever the order they came in', () => {
    const { sidebar } = make();
    sidebar.addSection(section('jobs', 70));
    sidebar.addSection(section('datasets', 10));
    const models = sidebar.addSection(section('models', 30));
    expect(titles(sidebar)).toEqual(['datasets', 'models', 'jobs']);
    models.dispose();
    expect(titles(sidebar)).toEqual(['datasets', 'jobs']);
  });

  it('open and collapse as they were, also those that come later', () => {
    const { sidebar } = make();
    sidebar.addSection({ ...section('jobs', 70), collapsed: true });
    sidebar.addSection(section('models', 30));
    sidebar.restoreCollapsed({ jobs: false, models: true, datasets: true });
    sidebar.addSection(section('datasets', 10));
    expect(sidebar.panel.widgets.map(widget => widget.isHidden)).toEqual([true, true, false]);
  });

  it('tell what a person collapses', () => {
    const { sidebar } = make();
    sidebar.addSection(section('datasets', 10));
    const told = jest.fn();
    sidebar.changed.connect((_, collapsed) => told(collapsed));
    act(() => Widget.attach(sidebar.panel, document.body));
    sidebar.panel.content.node.querySelector<HTMLElement>('.jp-AccordionPanel-title')?.click();
    expect(told).toHaveBeenCalledWith({ datasets: true });
    act(() => sidebar.panel.dispose());
  });

  it('show counts, bodies and the top, and come to the front at a section', async () => {
    const { sidebar, activate } = make();
    sidebar.addSection({ ...section('jobs', 70), collapsed: true });
    sidebar.setTop(() => <p>the notebook</p>);
    sidebar.setCount('jobs', 3);
    await act(async () => Widget.attach(sidebar.panel, document.body));
    expect(sidebar.panel.node.textContent).toContain('the notebook');
    expect(sidebar.panel.node.textContent).toContain('body of jobs');
    expect(sidebar.panel.node.querySelector('.ck-Count')?.textContent).toBe('3');
    sidebar.show('jobs');
    expect(activate).toHaveBeenCalled();
    expect(sidebar.panel.widgets[0].isHidden).toBe(false);
    act(() => sidebar.panel.dispose());
  });
});

describe('shares', () => {
  it('gives who asks for little all of it, and the others a fair share of the rest', () => {
    expect(shares([50, 400, 0, 300], 450)).toEqual([50, 200, 0, 200]);
    expect(shares([50, 100], 450)).toEqual([50, 100]);
  });
});
