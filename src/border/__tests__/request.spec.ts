import { ServerConnection } from '@jupyterlab/services';

import { Failure } from '../failure';
import { addressOf, makeRequest } from '../request';

const settings = ServerConnection.makeSettings({ baseUrl: 'http://localhost/' });

function answering(status: number, body: string): jest.SpyInstance {
  const response = {
    ok: status < 400,
    status,
    statusText: 'Words',
    json: async () => JSON.parse(body)
  } as Response;
  return jest.spyOn(ServerConnection, 'makeRequest').mockResolvedValue(response);
}

afterEach(() => jest.restoreAllMocks());

describe('addressOf', () => {
  it('quotes names and leaves out empty parts of the query', () => {
    const parts = { path: { name: 'a b/c' } as never, query: { x: 1, y: null, z: '' } as never };
    expect(addressOf('/datasets/{name}/rows', parts)).toBe(
      'cookhouse/api/datasets/a%20b%2Fc/rows?x=1'
    );
  });
});

describe('request', () => {
  it('sends JSON and reads JSON', async () => {
    const spy = answering(200, '{"items": [], "next": null, "total": 0}');
    const page = await makeRequest(settings)('get', '/datasets');
    expect(page.total).toBe(0);
    expect(spy.mock.calls[0][0]).toBe('http://localhost/cookhouse/api/datasets');
  });

  it("raises the server's own sentence with its code", async () => {
    answering(404, '{"code": "not-found", "message": "There is no x.", "request_id": "1"}');
    const failure = await makeRequest(settings)('get', '/datasets').catch(error => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code: 'not-found', message: 'There is no x.', status: 404 });
  });

  it('has a sentence for an answer that is not of Cookhouse', async () => {
    answering(502, '"Bad gateway"');
    const failure = await makeRequest(settings)('get', '/datasets').catch(error => error);
    expect(failure).toMatchObject({ code: 'unreadable', status: 502 });
  });

  it('has a sentence for a server that does not answer', async () => {
    jest.spyOn(ServerConnection, 'makeRequest').mockRejectedValue(new TypeError('Failed to fetch'));
    const failure = await makeRequest(settings)('get', '/datasets').catch(error => error);
    expect(failure).toMatchObject({ code: 'unreachable', status: 0 });
  });
});
