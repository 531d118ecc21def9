import { loadsByAddress } from '../../shared/chart';
import { subjectLink } from '../links';
import { curves, curvesSpec, lastValues } from '../metrics';

const point = (name: string, value: number, step: number) => ({ name, value, step, time: 0 });
const points = [point('loss', 3, 0), point('rows', 9, 0), point('loss', 2, 1)];

describe('metrics', () => {
  it('takes the last value of each, in the order they came', () => {
    expect(lastValues(points)).toEqual([point('loss', 2, 1), point('rows', 9, 0)]);
  });

  it('draws a curve only of what was reported more than once', () => {
    expect(curves(points).map(one => one.value)).toEqual([3, 2]);
    expect(loadsByAddress(curvesSpec(points))).toBe(false);
  });
});

describe('subjectLink', () => {
  it('opens things by name, scorings by id, and nothing of unknown rooms', () => {
    const link = (room: string) => subjectLink({ subject: { room, name: 'x' } });
    expect(link('models')).toEqual({ command: 'cookhouse:open-model', args: { name: 'x' } });
    expect(link('scoring')).toEqual({ command: 'cookhouse:open-scoring', args: { id: 'x' } });
    expect(link('status')).toBeUndefined();
    expect(subjectLink({ subject: null })).toBeUndefined();
  });
});
