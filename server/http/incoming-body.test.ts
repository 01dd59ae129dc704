import { globSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#server/errors.ts';
import { Bodies } from '#server/limits/bodies.ts';
import { BODIES, LEAST_PIECE, SLOWEST_BODY } from '#server/policies/body-limits.ts';
import { incomingBody } from './incoming-body.ts';

const charged = { person: 'ada', organisation: 'acme' };
let paid = 0;
let refusals = 0;
const limits = () => ({
  bodies: { whole: new Bodies(BODIES.whole), file: new Bodies(BODIES.file) },
  charge: (_name: string, _charged: unknown, points = 1) => {
    if (refusals > 0) {
      refusals -= 1;
      return Promise.reject(new AppError('RATE_LIMITED', 'Too much.', { retryAfter: 3 }));
    }
    paid += points;
    return Promise.resolve();
  },
});
const post = (body: ReadableStream<Uint8Array>, headers: Record<string, string> = {}): Request =>
  new Request('http://localhost/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
/** A body whose pieces come when they are sent. */
function line(): { stream: ReadableStream<Uint8Array>; send(bytes: number): void; end(): void } {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
  return {
    stream,
    send: (bytes) => controller?.enqueue(new Uint8Array(bytes).fill(7)),
    end: () => controller?.close(),
  };
}
const bound = { most: 1_000_000, tooLarge: 'Too large.', charged };

beforeEach(() => {
  [paid, refusals] = [0, 0];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a body', () => {
  it('is counted while it comes and until its request is answered', async () => {
    const [held, sent] = [limits(), line()];
    const body = incomingBody(post(sent.stream), held);
    const whole = body.whole(bound);
    sent.send(500_000);
    await vi.advanceTimersByTimeAsync(1);
    expect(held.bodies.whole.size.bytes).toBeGreaterThanOrEqual(500_000);
    expect(paid).toBeGreaterThan(480);
    sent.send(3);
    sent.end();
    expect((await whole).length).toBe(500_003);
    expect(held.bodies.whole.size.count).toBe(1);
    body.end();
    expect(held.bodies.whole.size).toEqual({ count: 0, bytes: 0 });
  });

  it('in pieces of one byte costs what the pieces cost, and keeps one buffer', async () => {
    const [held, sent] = [limits(), line()];
    const body = incomingBody(post(sent.stream), held);
    for (let index = 0; index < 20_000; index += 1) sent.send(1);
    sent.end();
    expect((await body.whole(bound)).length).toBe(20_000);
    expect(paid).toBeGreaterThanOrEqual((20_000 * LEAST_PIECE) / 1024);
    expect(held.bodies.whole.size.bytes).toBeLessThan(100_000);
  });

  it('that stops coming is refused in words', async () => {
    const sent = line();
    const refused = expect(incomingBody(post(sent.stream), limits()).whole(bound)).rejects.toThrow(
      /came too slowly\. Try again on a faster line/,
    );
    sent.send(10);
    await vi.advanceTimersByTimeAsync(SLOWEST_BODY.graceMs + 3_000);
    await refused;
  });

  it('may come as slowly as an old modem sends', async () => {
    const sent = line();
    const whole = incomingBody(post(sent.stream), limits()).whole(bound);
    for (let second = 0; second < 100; second += 1) {
      sent.send(SLOWEST_BODY.rate);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    sent.end();
    expect((await whole).length).toBe(100 * SLOWEST_BODY.rate);
  });

  it('that makes way says so', async () => {
    const [held, sent] = [limits(), line()];
    const whole = incomingBody(post(sent.stream), held).whole({ ...bound, charged: { address: '192.0.2.1' } });
    const refused = expect(whole).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await vi.advanceTimersByTimeAsync(1);
    for (let index = 0; index < BODIES.whole.address.count; index += 1)
      held.bodies.whole.enter({ address: '192.0.2.1' });
    await refused;
  });

  it('that is packed is refused before it is read', async () => {
    const sent = line();
    const body = incomingBody(post(sent.stream, { 'content-encoding': 'gzip' }), limits());
    await expect(body.whole(bound)).rejects.toThrow(/not unpacked/);
    expect(sent.stream.locked).toBe(false);
  });

  it('that is a file waits where another would be refused', async () => {
    const sent = line();
    const pieces = incomingBody(post(sent.stream), limits()).pieces(bound);
    refusals = 1;
    sent.send(100_000);
    sent.end();
    const first = pieces.next();
    await vi.advanceTimersByTimeAsync(2_900);
    expect(paid).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect((await first).value?.length).toBe(100_000);
    expect(paid).toBeGreaterThan(0);
  });
});

it('is read by nothing else: no other file takes the body of a request', () => {
  const files = globSync('{server,src/app}/**/*.{ts,tsx}').filter(
    (file) => !/\.test\.ts$|\/testing\/|^server\/http\/incoming-body\.ts$/.test(file),
  );
  const reading = files.filter((file) => {
    const text = readFileSync(file, 'utf8');
    return (
      /\b(?:req|request|asked|bounded)\.(?:body\b|(?:json|text|formData|arrayBuffer|blob|bytes|clone)\()/.test(text) ||
      /['"]use server['"]/.test(text) ||
      (/\bIncomingMessage\b/.test(text) &&
        /\brequest\.(?:on|once)\('(?:data|readable)'|for await \(.* of request\)/.test(text))
    );
  });
  expect({ files: files.length > 100, reading }).toEqual({ files: true, reading: [] });
});
