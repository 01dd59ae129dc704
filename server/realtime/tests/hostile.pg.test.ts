import { connect } from 'node:net';
import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { writeVarUint8Array } from 'lib0/encoding';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { fillDocument } from '#collab/fill.ts';
import { encodeMessage, encodeSync, MESSAGE, readRefused, SYNC } from '#collab/messages.ts';
import { toFormula } from '#collab/to-formula.ts';
import { writeEdits } from '#collab/write-edits.ts';
import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { createFormula, openFormula, serveRealtime, signIn, type Editor, type TestServer } from '../testing/harness.ts';

const LIMITS = {
  message: 200_000,
  queued: 50_000,
  presence: 500,
  socketsPerPerson: 4,
  rate: 500,
  burst: 10_000,
  ratePerPerson: 500,
  burstPerPerson: 10_000,
};

let database: TestDatabase;
let server: TestServer;
let orgId: OrgId;
let formulaId: FormulaId;
let cookie: string;
let ada: Editor;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await serveRealtime(database, LIMITS);
});
afterAll(async () => {
  await server.close();
  await database.close();
});
beforeEach(async () => {
  server.registry.resetMetrics();
  orgId = await createOrganisation(database.db);
  formulaId = await createFormula(database.db, orgId);
  cookie = await signIn(database.db, await createMember(database.db, orgId, 'editor'));
  ada = openFormula(server.url, formulaId, cookie);
  await until(() => expect(ada.connection.getStatus().connection).toBe('online'));
});
afterEach(() => ada.connection.destroy());

const until = <T>(check: () => T): Promise<T> => vi.waitFor(check, { timeout: 15_000, interval: 5 });

/** A socket that speaks bytes, and what it was sent. */
async function raw(
  parameters = 'extra=1',
  { url }: Pick<TestServer, 'url'> = server,
): Promise<{ socket: WebSocket; received: Uint8Array[]; closed: Promise<number> }> {
  const socket = new WebSocket(`${url}/${formulaId}?${parameters}`, { headers: { cookie } });
  const received: Uint8Array[] = [];
  socket.on('message', (data) => {
    if (data instanceof Uint8Array) received.push(data);
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve) => socket.on('open', resolve));
  return { socket, received, closed };
}

const refusals = (received: readonly Uint8Array[]) =>
  received
    .filter((message) => message[0] === MESSAGE.refused)
    .map((message) => {
      const decoder = createDecoder(message);
      readVarUint(decoder);
      return readRefused(decoder);
    });

/** How often something was refused, by reason. */
async function counted(reason: string): Promise<number> {
  const { values } = (await server.registry.getSingleMetric('alphaloom_realtime_refused_total')?.get()) ?? {
    values: [],
  };
  return values.find(({ labels }) => labels['reason'] === reason)?.value ?? 0;
}

async function stillWorks(): Promise<void> {
  writeEdits(ada.doc, [{ type: 'setName', id: 'fast', name: 'works' }], 'ada');
  await until(() => expect(ada.connection.getStatus().saved).toBe('saved'));
}

describe('a hostile socket', () => {
  it('is closed for what is no message [W6]', async () => {
    const messages = [
      'text',
      Uint8Array.of(0),
      Uint8Array.of(0, 7, 0),
      Uint8Array.of(0, 0, 99, 1),
      Uint8Array.of(1, 3, 1, 1, 1),
      Uint8Array.of(255, 255, 255),
    ];
    for (const message of messages) {
      const { socket, closed } = await raw();
      socket.send(message);
      expect(await closed).toBe(4400);
    }
    const { socket, closed } = await raw();
    socket.send(new Uint8Array(LIMITS.message + 1));
    expect(await closed).toBe(4413);
    expect(await counted('malformed')).toBe(messages.length);
    expect(await counted('toolarge')).toBe(1);
    await stillWorks();
  });

  it('may say what a newer client says: it is not understood, and the socket stays', async () => {
    const { socket, received } = await raw();
    for (const type of [4, 99, 103, 200])
      socket.send(encodeMessage(type, (encoder) => writeVarUint8Array(encoder, Uint8Array.of(1, 2, 3))));
    socket.send(encodeSync(SYNC.step1, Uint8Array.of(0)));
    await until(() =>
      expect(received.some((message) => message[0] === MESSAGE.sync && message[1] === SYNC.step2)).toBe(true),
    );
    expect(socket.readyState).toBe(socket.OPEN);
    socket.close();
  });

  it('may ask for the ends of epochs that are none, or of more than there are: it is served as anybody [E6]', async () => {
    for (const left of [
      '',
      'x',
      '-1',
      '1e9',
      '999999999999',
      "1'--",
      Array.from({ length: 1_000 }, (_, i) => i).join(','),
    ]) {
      const { socket, received } = await raw(`extra=1&left=${encodeURIComponent(left)}`);
      socket.send(encodeSync(SYNC.step1, Uint8Array.of(0)));
      await until(() =>
        expect(received.some((message) => message[0] === MESSAGE.sync && message[1] === SYNC.step2)).toBe(true),
      );
      expect(received.some((message) => message[0] === MESSAGE.ended)).toBe(false);
      socket.close();
    }
    await stillWorks();
  });

  it('that sends another document of ours changes nothing here', async () => {
    const { socket, received } = await raw();
    const other = new Y.Doc();
    fillDocument(other, toFormula(ada.doc).formula, 'Other');
    const before = Y.encodeStateVector(other);
    writeEdits(other, [{ type: 'setArg', id: 'fast', port: 'timePeriod', arg: 99 }], 'other');
    socket.send(encodeSync(SYNC.update, Y.encodeStateAsUpdate(other, before)));
    await until(() => expect(refusals(received).map(({ code }) => code)).toEqual(['INCOMPLETE']));
    expect(toFormula(ada.doc).formula.nodes['fast']?.args['timePeriod']).toBe(10);
    socket.close();
  });

  it('that floods is read more slowly, and others go on [B2]', { timeout: 60_000 }, async () => {
    const { socket } = await raw();
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update) => updates.push(update));
    for (let i = 0; i < 3 * LIMITS.burst; i++) doc.getMap('args').set('flood/x', i);
    for (const update of updates) socket.send(encodeSync(SYNC.update, update));
    // Most of it is still on its way when somebody else's edit is saved.
    await stillWorks();
    expect(ada.doc.getMap('args').get('flood/x')).not.toBe(3 * LIMITS.burst - 1);
    socket.terminate();
  });

  it(
    'that floods with others of its organisation, each below their own rate, is read more slowly [B2]',
    { timeout: 60_000 },
    async () => {
      const [rate, asked] = [100, 200];
      const strict = await serveRealtime(database, {
        ...LIMITS,
        ratePerOrganisation: rate,
        burstPerOrganisation: rate,
      });
      const orgId = await createOrganisation(database.db);
      const theirs = await createFormula(database.db, orgId);
      let answers = 0;
      const began = performance.now();
      const sockets = await Promise.all(
        Array.from({ length: 4 }, async () => {
          const socket = new WebSocket(`${strict.url}/${theirs}`, {
            headers: { cookie: await signIn(database.db, await createMember(database.db, orgId, 'viewer')) },
          });
          socket.on(
            'message',
            (data) =>
              (answers += data instanceof Uint8Array && data[0] === MESSAGE.sync && data[1] === SYNC.step2 ? 1 : 0),
          );
          await new Promise((resolve) => socket.on('open', resolve));
          return socket;
        }),
      );
      // Each waits for its answer before it asks again: none has sent more than its own share.
      const question = encodeSync(SYNC.step1, Uint8Array.of(0));
      for (const socket of sockets) {
        let left = asked;
        const ask = (): void => void (--left >= 0 && socket.send(question));
        socket.on(
          'message',
          (data) => data instanceof Uint8Array && data[0] === MESSAGE.sync && data[1] === SYNC.step2 && ask(),
        );
        ask();
      }
      const ben = openFormula(strict.url, formulaId, cookie);
      await until(() => expect(ben.connection.getStatus().connection).toBe('online'));
      writeEdits(ben.doc, [{ type: 'setName', id: 'fast', name: 'heard' }], 'ben');
      await until(() => expect(ben.connection.getStatus().saved).toBe('saved'));
      await until(() => expect(answers).toBeGreaterThan(3 * rate));
      // A question and its answer cost a token each at the least.
      expect(performance.now() - began).toBeGreaterThan(2_000);
      ben.connection.destroy();
      for (const socket of sockets) socket.terminate();
      await strict.close();
    },
  );

  it('may stop in the middle of its handshake: whoever comes finds a place', async () => {
    const { hostname, port } = new URL(server.url.replace('ws', 'http'));
    const head = `GET /collab/${formulaId} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`;
    const sockets = Array.from({ length: 200 }, () => connect(Number(port), hostname));
    await Promise.all(
      sockets.map(
        (socket, i) =>
          new Promise<void>((resolve, reject) =>
            socket.once('error', reject).write(head.slice(0, 1 + i), () => resolve()),
          ),
      ),
    );
    // Cut off in the middle of a whole request too, and one that is no right handshake.
    const cut = connect(Number(port), hostname);
    cut.write(`${head}Cookie: ${cookie}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n\r\n`);
    const answer = await new Promise<string>((resolve) => cut.once('data', (data) => resolve(data.toString())));
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    await stillWorks();
    for (const socket of [...sockets, cut]) socket.destroy();
    await until(() => expect(server.realtime.stats().sockets).toBe(1));
  });

  it('is told why an update is not taken, and stays [W5] [W6]', async () => {
    const { socket, received } = await raw();
    const foreign = new Y.Doc();
    foreign.getMap('secrets').set('a', 1);
    socket.send(encodeSync(SYNC.update, Y.encodeStateAsUpdate(foreign)));
    socket.send(encodeSync(SYNC.update, Uint8Array.of(1, 2, 3)));
    const gap = new Y.Doc();
    gap.getMap('meta').set('a', 1);
    const before = Y.encodeStateVector(gap);
    gap.getMap('meta').set('a', 2);
    socket.send(encodeSync(SYNC.update, Y.encodeStateAsUpdate(gap, before)));
    await until(() =>
      expect(refusals(received).map(({ update, code }) => [update, code])).toEqual([
        [1, 'INVALID'],
        [2, 'INVALID'],
        [3, 'INCOMPLETE'],
      ]),
    );
    expect([await counted('invalid'), await counted('incomplete')]).toEqual([2, 1]);
    await until(() =>
      expect(received.filter((message) => message[0] === MESSAGE.sync && message[1] === SYNC.step1)).toHaveLength(2),
    );
    expect(socket.readyState).toBe(socket.OPEN);
    socket.close();
    await stillWorks();
  });

  it('can not speak for another, nor show more than there is room for [P1]', async () => {
    const { socket, received } = await raw();
    ada.connection.awareness.setLocalState({ cursor: { x: 1, y: 1 } });
    await until(() => expect(received.filter((message) => message[0] === MESSAGE.awareness).length).toBeGreaterThan(1));
    const [own, big] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())];
    own.setLocalState({ cursor: { x: 5, y: 5 } });
    big.setLocalState({ text: 'x'.repeat(LIMITS.presence) });
    const forged = Uint8Array.from(encodeAwarenessUpdate(ada.connection.awareness, [ada.doc.clientID]));
    const say = (update: Uint8Array): void =>
      socket.send(encodeMessage(MESSAGE.awareness, (encoder) => writeVarUint8Array(encoder, update)));
    say(encodeAwarenessUpdate(big, [big.clientID]));
    say(encodeAwarenessUpdate(own, [own.clientID]));
    say(forged);
    await until(() =>
      expect([...ada.connection.awareness.getStates().keys()].sort()).toEqual([ada.doc.clientID, own.clientID].sort()),
    );
    socket.close();
    await until(() => expect([...ada.connection.awareness.getStates().keys()]).toEqual([ada.doc.clientID]));
    own.destroy();
    big.destroy();
  });

  it('that asks for the document in a loop is answered as often as it has paid for [B2]', async () => {
    const strict = await serveRealtime(database, { ...LIMITS, rate: 20, burst: 20 });
    const { socket, received } = await raw('extra=1', strict);
    const answers = () => received.filter((message) => message[0] === MESSAGE.sync && message[1] === SYNC.step2).length;
    const question = encodeSync(SYNC.step1, Y.encodeStateVector(new Y.Doc()));
    for (let asked = 0; asked < 500; asked += 1) socket.send(question);
    await until(() => expect(answers()).toBeGreaterThan(5));
    expect(answers()).toBeLessThan(100);
    socket.close();
    await strict.close();
  });

  it('that asks for presence in a loop is answered once a second [P4]', async () => {
    const { socket, received } = await raw();
    const asked = async () => {
      socket.send(encodeSync(SYNC.step1, Uint8Array.of(0)));
      const before = received.filter((message) => message[0] === MESSAGE.sync && message[1] === SYNC.step2).length;
      await until(() =>
        expect(
          received.filter((message) => message[0] === MESSAGE.sync && message[1] === SYNC.step2).length,
        ).toBeGreaterThan(before),
      );
    };
    await asked();
    const presence = () => received.filter((message) => message[0] === MESSAGE.awareness).length;
    const before = presence();
    for (let i = 0; i < 2_000; i++) socket.send(encodeMessage(MESSAGE.queryAwareness, () => undefined));
    await asked();
    await until(() => expect(presence()).toBeGreaterThan(before));
    expect(presence() - before).toBeLessThan(20);
    socket.close();
    await stillWorks();
  });

  it('finds no more places than a person has', async () => {
    const sockets = [await raw(), await raw(), await raw()];
    const { closed } = await raw();
    expect(await closed).toBe(1013);
    expect(await counted('tryagainlater')).toBe(1);
    for (const { socket } of sockets) socket.close();
    await stillWorks();
  });

  it('shares one budget with all other sockets of its person, which coming back does not fill [B2]', async () => {
    const slow = await serveRealtime(database, {
      ...LIMITS,
      rate: 1_000,
      burst: 1_000,
      ratePerPerson: 1,
      burstPerPerson: 60,
    });
    const count = async (): Promise<number> =>
      (await slow.registry.getSingleMetric('alphaloom_realtime_messages_total')?.get())?.values[0]?.value ?? 0;
    const answered = ({ received }: { readonly received: readonly Uint8Array[] }): boolean =>
      received.some((message) => message[0] === MESSAGE.sync && message[1] === SYNC.step2);
    const ask = ({ socket }: { readonly socket: WebSocket }): void =>
      socket.send(encodeSync(SYNC.step1, Uint8Array.of(0)));
    // A message of no kind that we know: nothing but its bytes are counted, some ten tokens each, far more than the
    // person has.
    const spender = await raw('extra=1', slow);
    for (let i = 0; i < 12; i++) spender.socket.send(new Uint8Array(150_000).fill(120, 0, 1));
    await until(async () => expect(await count()).toBeGreaterThanOrEqual(6));
    const beside = await raw('extra=1', slow);
    ask(beside);
    spender.socket.terminate();
    const back = await raw('extra=1', slow);
    ask(back);
    cookie = await signIn(database.db, await createMember(database.db, orgId, 'viewer'));
    const ben = await raw('extra=1', slow);
    ask(ben);
    await until(() => expect(answered(ben)).toBe(true));
    expect([answered(beside), answered(back)]).toEqual([false, false]);
    for (const { socket } of [beside, back, ben]) socket.terminate();
    await slow.close();
  });

  it(
    'that does not read costs a bounded queue, and others nothing; once it reads, it has all [B1]',
    { timeout: 60_000 },
    async () => {
      const { socket, received } = await raw();
      socket.send(encodeSync(SYNC.step1, Uint8Array.of(0)));
      await until(() =>
        expect(received.some((message) => message[0] === MESSAGE.sync && message[1] === SYNC.step2)).toBe(true),
      );
      socket.pause();
      let largest = 0;
      for (let i = 0; i < 200; i++) {
        writeEdits(ada.doc, [{ type: 'setComment', id: 'fast', comment: `${i} ${'x'.repeat(100_000)}` }], 'ada');
        await until(() => expect(ada.connection.getStatus().saved).toBe('saved'));
        largest = Math.max(largest, server.realtime.stats().mostQueued);
      }
      expect(largest).toBeGreaterThan(LIMITS.queued);
      expect(largest).toBeLessThan(LIMITS.queued + 110_000);
      const doc = new Y.Doc();
      Y.applyUpdate(doc, await server.realtime.snapshot(formulaId));
      socket.resume();
      const copy = new Y.Doc();
      await until(() => {
        for (const message of received.splice(0)) {
          const decoder = createDecoder(message);
          if (readVarUint(decoder) === MESSAGE.sync && readVarUint(decoder) !== SYNC.step1)
            Y.applyUpdate(copy, readVarUint8Array(decoder));
        }
        expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(doc));
      });
      expect(toFormula(copy).formula.nodes['fast']?.comment).toMatch(/^199 /);
      socket.close();
    },
  );

  it(
    'that asks for a large document and does not read costs no more than its bound, however many ask; once they read, they have all [B3]',
    { timeout: 60_000 },
    async () => {
      for (let i = 0; i < 20; i++) {
        ada.doc.getMap('args').set(`large${i}/x`, 'x'.repeat(150_000));
        await until(() => expect(ada.connection.getStatus().saved).toBe('saved'));
      }
      const readers = await Promise.all([raw(), raw(), raw()]);
      for (const { socket } of readers) {
        socket.pause();
        for (let times = 0; times < 5; times += 1) socket.send(encodeSync(SYNC.step1, Uint8Array.of(0)));
      }
      let largest = 0;
      for (let i = 0; i < 20; i++) {
        ada.doc.getMap('args').set('large0/x', i);
        await until(() => expect(ada.connection.getStatus().saved).toBe('saved'));
        largest = Math.max(largest, server.realtime.stats().mostQueued);
      }
      expect(largest).toBeLessThanOrEqual(LIMITS.queued + 1_000);
      for (const { socket } of readers) socket.resume();
      const copies = readers.map(() => new Y.Doc());
      await until(() => {
        for (const [index, { received }] of readers.entries()) {
          for (const message of received.splice(0)) {
            const decoder = createDecoder(message);
            if (readVarUint(decoder) === MESSAGE.sync && readVarUint(decoder) !== SYNC.step1)
              Y.applyUpdate(copies[index] ?? new Y.Doc(), readVarUint8Array(decoder));
          }
        }
        for (const copy of copies) expect(copy.getMap('args').toJSON()).toEqual(ada.doc.getMap('args').toJSON());
      });
      for (const { socket } of readers) socket.close();
      await stillWorks();
    },
  );
});
