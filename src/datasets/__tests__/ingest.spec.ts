import { Notification } from '@jupyterlab/apputils';

import { Failure } from '../../border/failure';
import { fakeContext, job } from '../../shared/__tests__/fakes';
import { ingestFiles } from '../ingest';
import { askIngest } from '../ingest-dialog';

jest.mock('../ingest-dialog', () => ({ askIngest: jest.fn() }));

const asking = jest.mocked(askIngest);

const page = { items: [], next: null, total: 0 };
const done = job({ state: 'succeeded', result: { rows: 1000 } });

beforeEach(() => Notification.manager.dismiss());
afterEach(() => asking.mockReset());

const first = (): Notification.INotification => Notification.manager.notifications[0];

describe('ingestFiles', () => {
  it('makes one batch of files below the root, with a key, and says how many rows', async () => {
    asking.mockResolvedValue({ name: 'people', files: [], paths: ['data/people.csv'] });
    const { context, asked } = fakeContext({
      'get /datasets': page,
      'post /datasets/{name}/batches': done
    });
    await ingestFiles(context, { paths: ['data/people.csv'] });
    const post = asked.find(one => one.method === 'post');
    expect(post?.parts.body).toMatchObject({ paths: ['data/people.csv'], uploads: [] });
    const headers = post?.parts.headers as Record<string, string>;
    expect(headers['Idempotency-Key']).toMatch(/^[0-9a-f-]{36}$/);
    expect(first().message).toBe('1,000 rows were added to people.');
  });

  it('asks once, however often it is pressed', async () => {
    asking.mockResolvedValue(null);
    const { context } = fakeContext({ 'get /datasets': page });
    await Promise.all([ingestFiles(context, {}), ingestFiles(context, {})]);
    expect(asking).toHaveBeenCalledTimes(1);
  });

  it('refuses a file of another kind by its name, before anything is sent', async () => {
    const { context, asked } = fakeContext({});
    expect(await ingestFiles(context, { paths: ['notes.txt'] })).toBeNull();
    expect(first().message).toContain('notes.txt is not a CSV');
    expect(asked).toEqual([]);
  });

  it('says what the server refuses, under what was tried', async () => {
    asking.mockResolvedValue({ name: 'people', files: [], paths: ['a.csv'] });
    const { context } = fakeContext({
      'get /datasets': page,
      'post /datasets/{name}/batches': () => {
        throw new Failure('There is no file a.csv.', 'not-found', 404);
      }
    });
    expect(await ingestFiles(context, { paths: ['a.csv'] })).toBeNull();
    expect(first().message).toBe('Nothing was added to people: There is no file a.csv.');
  });
});
