import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { asSystem } from '#server/db/database.ts';
import { smtpPost } from '#server/integrations/mail/post.ts';
import { testApi } from '#server/testing/test-api.ts';
import { actAcross } from '../act/act.ts';
import { freely } from '../act/right.ts';
import { NOWHERE } from '../context.ts';
import { queueLetters } from '../letter/queue-letters.ts';
import { listLetters, readLetter, retryLetter } from './look-after-letters.ts';
import { giveUpLetter, sendLetter } from './send-letter.ts';

const api = testApi();
const ADDRESS = 'https://loom.example';
const received: { to: string; message: string }[] = [];
let isRefusing = false;
let url = '';

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, session, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      if (isRefusing) return done(new Error('the mailbox is full'));
      const [to] = session.envelope.rcptTo;
      received.push({ to: to?.address ?? '', message: Buffer.concat(chunks).toString() });
      done();
    });
  },
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(resolve));
});

/** A letter in the outbox; gives its id. */
async function owed(address: string, facts: Readonly<Record<string, string>> = {}) {
  await asSystem(api.db, (tx) => queueLetters(tx, [{ kind: 'new-device', userId: null, address, facts }], new Date()));
  const [row] = await api.database.sql<{ id: string }[]>`select id from letters where address = ${address}`;
  return idOf('letter', row?.id ?? '');
}

const posted = async (work: (post: ReturnType<typeof smtpPost>) => Promise<void>): Promise<void> => {
  const post = smtpPost({ url, from: 'Alphaloom <loom@example.com>' });
  try {
    await work(post);
  } finally {
    post.close();
  }
};

describe('a letter', () => {
  it('leaves by SMTP once, as text and HTML, under its id, and what is said in it is text in both', async () => {
    const id = await owed('once@test.example', { device: 'Chrome <b>on</b> Linux' });
    await posted(async (post) => {
      await sendLetter({ db: api.db, now: new Date(), post, address: ADDRESS }, id);
      await sendLetter({ db: api.db, now: new Date(), post, address: ADDRESS }, id);
    });
    const mine = received.filter(({ to }) => to === 'once@test.example');
    expect(mine).toHaveLength(1);
    const message = (mine[0]?.message ?? '').replaceAll('=\r\n', '');
    expect(message).toContain(`Message-ID: <${id}@alphaloom>`);
    expect(message).toContain('Content-Type: text/plain');
    expect(message).toContain('Content-Type: text/html');
    expect(message).toContain('Chrome &lt;b&gt;on&lt;/b&gt; Linux');
    expect(message).toContain(`${ADDRESS}/settings/security`);
  });

  it('has one receiver, whatever stands in the address', async () => {
    const id = await owed('two@test.example, evil@test.example');
    await posted(async (post) => {
      await sendLetter({ db: api.db, now: new Date(), post, address: ADDRESS }, id).catch(() => undefined);
    });
    expect(received.map(({ to }) => to)).not.toContain('evil@test.example');
  });

  it('that the mail server refuses says why, is tried again, is given up, and goes when somebody asks', async () => {
    const id = await owed('full@test.example');
    isRefusing = true;
    await posted(async (post) => {
      const sending = { db: api.db, now: new Date(), post, address: ADDRESS };
      await expect(sendLetter(sending, id)).rejects.toThrow(/mailbox is full/);
    });
    const find = async () => (await listLetters(api.db, { limit: 50 })).find((letter) => letter.id === id);
    expect(await find()).toMatchObject({ attempts: 1, sentAt: null, failedAt: null, failure: /mailbox is full/ });
    const house = { db: api.db, now: new Date(), from: NOWHERE };
    await expect(retryLetter(house, id)).rejects.toThrow(/still tried/);
    await actAcross(house, freely('a test'), (unit) => giveUpLetter(unit, id));
    expect((await find())?.failedAt).not.toBeNull();
    isRefusing = false;
    await retryLetter(house, id);
    await posted((post) => sendLetter({ db: api.db, now: new Date(), post, address: ADDRESS }, id));
    expect(await find()).toMatchObject({ failedAt: null, failure: null });
    expect(received.map(({ to }) => to)).toContain('full@test.example');
  });

  it('without SMTP stands in a folder, where it can be read', async () => {
    const id = await owed('folder@test.example');
    const { post } = api.runtime;
    expect(await readLetter({ db: api.db, post }, id)).toBeNull();
    await sendLetter({ db: api.db, now: new Date(), post, address: ADDRESS }, id);
    expect(await readLetter({ db: api.db, post }, id)).toContain('To: folder@test.example');
  });

  it('exists exactly when its cause does', async () => {
    await expect(
      asSystem(api.db, async (tx) => {
        await queueLetters(
          tx,
          [{ kind: 'new-device', userId: null, address: 'never@test.example', facts: {} }],
          new Date(),
        );
        throw new Error('its cause was taken back');
      }),
    ).rejects.toThrow();
    const [count] = await api.database
      .sql`select count(*)::int as many from letters where address = 'never@test.example'`;
    expect(count).toEqual({ many: 0 });
  });
});
