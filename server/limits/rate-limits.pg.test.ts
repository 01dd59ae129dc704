import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '#server/policies/limits.ts';
import { testApi } from '#server/testing/test-api.ts';
import { createRateLimits } from './rate-limits.ts';

const api = testApi();
const log = pino({ level: 'silent' });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: unknown) => (error as { code: string }).code,
  );

describe('limits of rates', () => {
  it('that hold everywhere are one for all servers', async () => {
    const servers = [
      createRateLimits({ sql: api.database.sql, log }),
      createRateLimits({ sql: api.database.sql, log }),
    ];
    const [window] = LIMITS.register.windows.address ?? [];
    const codes = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        codeOf(servers[index % 2]?.charge('register', { address: '192.0.2.9' }) ?? Promise.resolve()),
      ),
    );
    expect(codes.filter((code) => code === 'OK')).toHaveLength(window?.points ?? 0);
    expect(await codeOf(servers[0]?.charge('register', { address: '192.0.2.10' }) ?? Promise.resolve())).toBe('OK');
  });

  it('hold without the database', async () => {
    const away = Object.assign(() => undefined, { unsafe: () => Promise.reject(new Error('away')) });
    const limits = createRateLimits({ sql: Object.assign(Object.create(api.database.sql), away), log });
    const [window] = LIMITS.register.windows.address ?? [];
    const codes: string[] = [];
    for (let index = 0; index < 20; index += 1)
      codes.push(await codeOf(limits.charge('register', { address: '192.0.2.11' })));
    expect(codes.filter((code) => code === 'OK')).toHaveLength(window?.points ?? 0);
  });

  it('say when to come back', async () => {
    const limits = createRateLimits({ sql: api.database.sql, log });
    const most = LIMITS.heavyRead.windows.person?.[0]?.points ?? 0;
    const charged = { person: crypto.randomUUID() };
    await limits.charge('heavyRead', charged, most);
    await expect(limits.charge('heavyRead', charged)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringMatching(/Wait \d+ seconds and try again/),
      details: { retryAfter: expect.any(Number) },
    });
    // Nobody pays for somebody else.
    await limits.charge('heavyRead', { person: crypto.randomUUID() });
  });

  it('let work of others begin while one waits for their own', async () => {
    const limits = createRateLimits({ sql: api.database.sql, log });
    const ends: (() => void)[] = [];
    const hold = (person: string, organisation: string) =>
      limits.inTurn(
        'heavyRead',
        { person, organisation },
        () => new Promise<string>((resolve) => ends.push(() => resolve(person))),
      );
    const held = Array.from({ length: 50 }, () => hold('mallory', 'm'));
    expect(await limits.inTurn('heavyRead', { person: 'ada', organisation: 'm' }, async () => 'ada')).toBe('ada');
    expect(await limits.inTurn('heavyRead', { person: 'ben', organisation: 'b' }, async () => 'ben')).toBe('ben');
    let done = 0;
    const all = Promise.all(held).then(() => (done = 1));
    while (done === 0) {
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await all;
  });
});
