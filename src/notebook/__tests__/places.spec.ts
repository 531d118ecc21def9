import { cellOfStage } from '../places';
import { analysis, statement } from './fakes';

const notebook = (part: Parameters<typeof analysis>[0]) => ({
  analysis: analysis(part),
  request: () => ({ cells: ['a', 'b', 'c'].map(id => ({ id, type: 'code' })) }) as never
});

describe('cellOfStage', () => {
  it('finds the fit of the proposed model', () => {
    const models = [{ cell: 'a' }, { cell: 'b', proposed: true }] as never;
    expect(cellOfStage(notebook({ models }), 'train')).toBe('b');
  });

  it('finds the last cell of a stage, else the last code cell', () => {
    const statements = ['a', 'b'].map(cell => statement({ cell, stage: 'predict' }));
    expect(cellOfStage(notebook({ statements }), 'predict')).toBe('b');
    expect(cellOfStage(notebook({}), 'predict')).toBe('c');
  });
});
