import { Failure } from '../../border/failure';
import { fakeContext } from '../../shared/__tests__/fakes';
import { PART, sendFile } from '../upload';

const broken = (): never => {
  throw new Failure('The Jupyter server does not answer.', 'unreachable', 0);
};
const wait = (): Promise<void> => Promise.resolve();

interface IPart {
  query: { offset: number };
  bytes: Blob;
}

/** A server that stores a file; `fails` says which of the sendings break, and how. */
function server(size: number, fails: Record<number, () => void> = {}) {
  const offsets: number[] = [];
  let received = 0;
  let sendings = 0;
  const state = () => ({ id: 'u1', name: 'big.csv', size, received });
  const { context, asked } = fakeContext({
    'post /uploads': state,
    'get /uploads/{id}': state,
    'delete /uploads/{id}': null,
    'put /uploads/{id}': ({ query, bytes }: IPart) => {
      sendings += 1;
      offsets.push(query.offset);
      const fail = fails[sendings];
      if (fail && fail !== arrivesUnheard) {
        fail();
      }
      received = query.offset + bytes.size;
      if (fail === arrivesUnheard) {
        broken();
      }
      return state();
    }
  });
  return { request: context.border.request, offsets, asked };
}

/** The part arrives, but the answer does not. */
const arrivesUnheard = (): void => undefined;

const file = (size: number): File => new File([new Uint8Array(size)], 'big.csv');

describe('sendFile', () => {
  it('sends parts by offset and tells how far it is', async () => {
    const size = 2 * PART + 10;
    const { request, offsets } = server(size);
    const onProgress = jest.fn();
    const upload = await sendFile(request, file(size), { onProgress, wait });
    expect(upload).toMatchObject({ id: 'u1', received: size });
    expect(offsets).toEqual([0, PART, 2 * PART]);
    expect(onProgress.mock.calls.flat()).toEqual([PART, 2 * PART, size]);
  });

  it('goes on from what the server has after a broken connection', async () => {
    const size = 2 * PART;
    const { request, offsets } = server(size, { 1: arrivesUnheard, 2: broken });
    await sendFile(request, file(size), { wait });
    expect(offsets).toEqual([0, PART, PART]);
  });

  it('sends nothing for an empty file', async () => {
    const { request, offsets } = server(0);
    expect((await sendFile(request, file(0), { wait })).id).toBe('u1');
    expect(offsets).toEqual([]);
  });

  it('gives up with the sentence, and leaves nothing half-sent', async () => {
    const always = Object.fromEntries([1, 2, 3, 4, 5].map(n => [n, broken]));
    const { request, asked } = server(10, always);
    await expect(sendFile(request, file(10), { wait })).rejects.toThrow('does not answer');
    expect(asked[asked.length - 1]).toMatchObject({ method: 'delete', path: '/uploads/{id}' });
  });

  it('does not try again what the server refuses', async () => {
    const refuse = (): never => {
      throw new Failure('The disk is full.', 'too-large', 413);
    };
    const { request, offsets } = server(10, { 1: refuse });
    await expect(sendFile(request, file(10), { wait })).rejects.toThrow('The disk is full.');
    expect(offsets).toEqual([0]);
  });
});
