import { once } from 'node:events';
import superjson from 'superjson';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { MOST_IN_BATCH } from '#core/requests/most-in-batch.ts';
import { signIn } from '#server/realtime/testing/harness.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { serveRoutes } from '#server/testing/serve-routes.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
let server: Awaited<ReturnType<typeof serveRoutes>>;
let cookie = '';
/** Everything that superjson makes of text costs more than the text does: nothing from outside may come to it. */
const read = vi.spyOn(superjson, 'deserialize');

beforeAll(async () => {
  server = await serveRoutes(api.runtime);
  cookie = await signIn(api.db, await createMember(api.db, await createOrganisation(api.db), 'viewer'));
});
beforeEach(() => void read.mockClear());
afterAll(() => server.close());

interface Answer {
  readonly status: number;
  readonly message: string;
}

async function send(path: string, body: string | null, headers: Record<string, string> = {}): Promise<Answer> {
  const origin = `http://127.0.0.1:${server.port}`;
  const answer = await fetch(`${origin}/api/trpc/${path}`, {
    method: body === null ? 'GET' : 'POST',
    headers: { cookie, origin, ...(body === null ? {} : { 'content-type': 'application/json' }), ...headers },
    body,
  });
  const said: unknown = await answer.json();
  const [first] = Array.isArray(said) ? (said as unknown[]) : [said];
  const { error } = first as { error?: { json: { message: string } } };
  return { status: answer.status, message: error?.json.message ?? '' };
}

/** A set, and paths to its last value: superjson walks to it from the first each time. */
function walk(size: number, times: number): string {
  const path = `"id.${size - 1}"`;
  const values = Array.from({ length: size }, (_, index) => index).join(',');
  const paths = Array.from({ length: times }, () => path).join(',');
  return `{"json":{"id":[${values}]},"meta":{"values":{"id":["set"]},"referentialEqualities":{${path}:[${paths}]}}}`;
}
const TYPED = [
  ['a set that is walked', walk(1_000, 700)],
  ['a date', '{"json":{"id":"2020-01-01"},"meta":{"values":{"id":["Date"]}}}'],
  ['a bigint', `{"json":{"id":"${'9'.repeat(5_000)}"},"meta":{"values":{"id":["bigint"]}}}`],
  ['a pattern', '{"json":{"id":"/(a+)+$/"},"meta":{"values":{"id":["regexp"]}}}'],
  ['a class', '{"json":{"id":{}},"meta":{"values":{"id":[["class","Object"]]}}}'],
  [
    'many marks',
    `{"json":{"id":1},"meta":{"values":{${Array.from({ length: 500 }, (_, at) => `"a${at}.b":["undefined"]`).join(',')}}}}`,
  ],
  ['a prototype', '{"json":{"id":1},"meta":{"values":{"__proto__.polluted":["undefined"]}}}'],
  ['no envelope', '{"id":"x"}'],
] as const;
const LARGE = [
  ['a list within lists', `{"json":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['many values', `{"json":{"id":[${'{},'.repeat(60_000)}1]}}`],
  ['a field many times', `{"json":{${'"a":1,'.repeat(40_000)}"id":1}}`],
  [
    'wide marks',
    `{"json":{"id":1},"meta":{"values":{${Array.from({ length: 20_000 }, (_, at) => `"${at}":[1]`).join(',')}}}}`,
  ],
] as const;

describe('an input over HTTP', () => {
  it.each(TYPED)('with %s is refused in words, and superjson reads nothing of it', async (_, form) => {
    const refused = { status: 400, message: expect.stringMatching(/plain JSON/) };
    expect(await send('team.removeMember', form.replaceAll('"id', '"userId'))).toMatchObject({ status: 403 });
    expect(await send('session.switch', form)).toEqual(refused);
    expect(await send('session.switch?batch=1', `{"0":${form}}`)).toEqual(refused);
    if (form.length < 8_000) expect(await send(`formula.get?input=${encodeURIComponent(form)}`, null)).toEqual(refused);
    expect(read).not.toHaveBeenCalled();
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it.each(LARGE)('with %s is refused in words before it is parsed', async (_, form) => {
    const parse = vi.spyOn(JSON, 'parse');
    const answers = [await send('session.switch', form), await send('session.switch?batch=1', `{"0":${form}}`)];
    expect(parse.mock.calls.some(([text]) => String(text).length > 100_000)).toBe(false);
    parse.mockRestore();
    for (const { status, message } of answers) {
      expect(status).toBe(413);
      expect(message).toMatch(/Send (it flatter|less at once)\./);
    }
    expect(read).not.toHaveBeenCalled();
  });

  it('in an address has the same bounds', async () => {
    const deep = encodeURIComponent(`{"json":${'['.repeat(500)}`);
    const paths = Array.from({ length: MOST_IN_BATCH }, () => 'formula.get').join(',');
    for (const path of [`formula.get?input=${deep}`, `${paths}?batch=1&input=${deep}`])
      expect(await send(path, null)).toMatchObject({ status: 413, message: expect.stringMatching(/flatter/) });
  });

  it('is JSON: forms and files, which no procedure takes, are refused', async () => {
    for (const type of ['multipart/form-data; boundary=x', 'application/octet-stream', 'text/plain'])
      expect(await send('session.switch', '--x--', { 'content-type': type })).toEqual({
        status: 400,
        message: 'Send the request as application/json.',
      });
  });

  it('is small where a procedure takes neither code nor many values', async () => {
    const body = `{"json":{"id":"${'x'.repeat(300_000)}"}}`;
    expect((await send('session.switch', body)).status).toBe(413);
    expect((await send('backtest.start', body)).status).not.toBe(413);
  });
});

describe('an input on a websocket', () => {
  const opened = async (): Promise<WebSocket> => {
    const origin = `http://127.0.0.1:${server.port}`;
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/trpc`, { headers: { origin, cookie } });
    await once(socket, 'open');
    return socket;
  };
  const message = (form: string): string =>
    `{"id":1,"jsonrpc":"2.0","method":"query","params":{"path":"formula.get","input":${form}}}`;

  it('with a type is refused in words, and superjson reads nothing of it', async () => {
    const socket = await opened();
    for (const [, form] of TYPED) {
      socket.send(message(form));
      const [answer] = (await once(socket, 'message')) as [Buffer];
      expect(answer.toString()).toMatch(/plain JSON/);
      expect(answer.toString()).toMatch(/"appCode":"INVALID"/);
    }
    expect(read).not.toHaveBeenCalled();
    socket.terminate();
  });

  it('that is too deep ends the connection in words', async () => {
    const socket = await opened();
    socket.send(message('['.repeat(30_000)));
    const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
    expect({ code, reason: reason.toString() }).toMatchObject({ code: 1008, reason: expect.stringMatching(/flatter/) });
  });
});
