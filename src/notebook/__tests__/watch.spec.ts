import { Signal } from '@lumino/signaling';

import { Failure } from '../../border/failure';
import type { Message } from '../../border/request';
import { keepBroken, Watch } from '../watch';
import { analysis, finding, statement } from './fakes';

type Request = Message<'AnalysisRequest'>;

/** A notebook with one cell, and a server whose answers the test gives. */
class Fake {
  source = 'x = 1';
  count: number | null = null;
  readonly changed = new Signal<this, void>(this);
  readonly asked: string[] = [];
  readonly aborted: boolean[] = [];
  answer: () => Promise<Message<'Analysis'>> = () => Promise.resolve(analysis());

  read(): Request {
    const cell = {
      id: 'a',
      type: 'code' as const,
      source: this.source,
      tags: [],
      stage: null,
      execution_count: this.count
    };
    return { path: 'a.ipynb', cells: [cell], metadata: {}, model: null };
  }

  analyse = async (body: Request, signal: AbortSignal): Promise<Message<'Analysis'>> => {
    const index = this.asked.push(body.cells[0].source) - 1;
    signal.addEventListener('abort', () => (this.aborted[index] = true));
    return this.answer();
  };

  async type(source: string, wait = 200): Promise<void> {
    this.source = source;
    this.changed.emit();
    await jest.advanceTimersByTimeAsync(wait);
  }
}

const broken = analysis({
  verdict: 'refused',
  findings: [finding({ code: 'syntax-error', cell: 'a' })]
});

describe('Watch', () => {
  let fake: Fake;
  let watch: Watch;

  beforeEach(async () => {
    jest.useFakeTimers();
    fake = new Fake();
    fake.answer = () => Promise.resolve(analysis({ statements: [statement({ stage: 'data' })] }));
    watch = new Watch(fake, fake.analyse);
    await jest.advanceTimersByTimeAsync(0);
  });

  afterEach(() => {
    watch.dispose();
    jest.useRealTimers();
  });

  it('asks at once, then after a pause in typing and no more often', async () => {
    expect(fake.asked).toEqual(['x = 1']);
    await fake.type('x = 1', 50);
    await fake.type('x = 12', 50);
    await fake.type('x = 123', 200);
    expect(fake.asked).toEqual(['x = 1', 'x = 123']);
  });

  it('does not ask when only outputs or numbers changed', async () => {
    fake.count = 4;
    await fake.type('x = 1');
    expect(fake.asked).toHaveLength(1);
  });

  it('aborts a question that is out of date, and ignores its answer', async () => {
    let finish: (answer: Message<'Analysis'>) => void = () => undefined;
    fake.answer = () => new Promise(resolve => (finish = resolve));
    await fake.type('x = 2');
    const late = finish;
    const newer = analysis({ statements: [statement({ stage: 'train' })] });
    fake.answer = () => Promise.resolve(newer);
    await fake.type('x = 3');
    late(analysis({ statements: [] }));
    await jest.advanceTimersByTimeAsync(0);
    expect(fake.aborted[1]).toBe(true);
    expect(watch.analysis?.statements[0].stage).toBe('train');
  });

  it('keeps the last good verdict while a statement is half typed, then says what is wrong', async () => {
    fake.answer = () => Promise.resolve(broken);
    await fake.type('x = (');
    expect(watch.analysis?.verdict).toBe('convertible');
    await jest.advanceTimersByTimeAsync(1500);
    expect(watch.analysis?.verdict).toBe('refused');
    expect(watch.analysis?.statements.map(one => one.stage)).toEqual(['data']);
  });

  it('keeps the verdict while the server is away, and asks again by itself', async () => {
    fake.answer = () => Promise.reject(new Failure('Not there.', 'unreachable', 0));
    await fake.type('x = 2');
    expect(watch.failure).toBe('Not there.');
    expect(watch.analysis?.verdict).toBe('convertible');
    fake.answer = () => Promise.resolve(analysis());
    await jest.advanceTimersByTimeAsync(6000);
    expect(watch.failure).toBeNull();
  });

  it('does not press a server that refuses', async () => {
    fake.answer = () => Promise.reject(new Failure('Not allowed.', 'forbidden', 403));
    await fake.type('x = 2');
    await jest.advanceTimersByTimeAsync(20_000);
    expect(fake.asked).toEqual(['x = 1', 'x = 2']);
  });

  it('is silent after it is disposed of', async () => {
    watch.dispose();
    await fake.type('x = 9');
    expect(fake.asked).toHaveLength(1);
  });
});

describe('keepBroken', () => {
  it('keeps the marks of a cell that cannot be read, and takes all else as new', () => {
    const before = analysis({
      statements: [
        statement({ cell: 'a', stage: 'data' }),
        statement({ cell: 'b', stage: 'train' })
      ]
    });
    const now = { ...broken, statements: [statement({ cell: 'b', stage: 'predict' })] };
    expect(keepBroken(before, now).statements.map(one => [one.cell, one.stage])).toEqual([
      ['b', 'predict'],
      ['a', 'data']
    ]);
  });
});
