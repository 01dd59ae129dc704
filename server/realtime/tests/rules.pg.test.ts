import { once } from 'node:events';
import { and, eq } from 'drizzle-orm';
import * as encoding from 'lib0/encoding';
import postgres from 'postgres';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { CLOSE, encodeMessage, encodeSync, MESSAGE, SYNC } from '#collab/messages.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { asSystem } from '#server/db/database.ts';
import { memberships } from '#server/db/schema/index.ts';
import { createMember } from '#server/testing/people.ts';
import { closeOf, openFormula, signIn } from '../testing/harness.ts';
import { edit, online, period, periodIn, saved, testTabs, until } from '../testing/tabs.ts';

// Rules that are about the order of things: the database is held where it would decide, and what has happened by then
// is looked at.

const tabs = testTabs();

type Held = 'formula_updates' | 'formula_snapshots';

/** Nobody reads snapshots, or writes updates, until `letGo`. */
async function hold(table: Held): Promise<{ waiting: () => Promise<void>; letGo: () => Promise<void> }> {
  const sql = postgres(tabs.database.urls.migration, { max: 2 });
  const [locked, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const mode = table === 'formula_updates' ? 'share row exclusive' : 'access exclusive';
  const ended = sql.begin(async (tx) => {
    await tx.unsafe(`lock table ${table} in ${mode} mode`);
    locked.resolve();
    await free.promise;
  });
  await locked.promise;
  const letGo = async (): Promise<void> => {
    free.resolve();
    await ended;
    await sql.end();
  };
  // Also when the test fails: the server would wait for ever.
  tabs.closeLater({ destroy: letGo });
  return {
    /** Resolves once a statement of the server waits for the table. */
    waiting: () =>
      until(async () => {
        const rows = await sql`select 1 from pg_locks where not granted and relation = ${table}::regclass`;
        expect(rows.length).toBeGreaterThan(0);
      }),
    letGo,
  };
}

/** A socket that speaks bytes, with what it was sent. */
function raw(cookie: string, parameters = '?extra=1') {
  const socket = new WebSocket(`${tabs.server.url}/${tabs.formulaId}${parameters}`, { headers: { cookie } });
  const received: Uint8Array[] = [];
  socket.on('message', (data) => {
    if (data instanceof Uint8Array) received.push(new Uint8Array(data));
  });
  socket.on('error', () => undefined);
  tabs.closeLater({ destroy: () => socket.terminate() });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  /** Resolves once the server has read all that was sent before. */
  const heard = async (): Promise<void> => {
    socket.ping();
    await once(socket, 'pong');
  };
  return { socket, received, closed, heard };
}

const answersTo = (received: readonly Uint8Array[]): number =>
  received.filter(([type, step]) => type === MESSAGE.sync && step === SYNC.step2).length;
const STEP_1 = encodeSync(SYNC.step1, Uint8Array.of(0));

describe('opening', () => {
  it('waits for the document: nothing arrives while it loads [A2]', async () => {
    const cookie = await tabs.cookieOf();
    const held = await hold('formula_snapshots');
    const { socket, received } = raw(cookie);
    const opened = once(socket, 'open');
    await held.waiting();
    expect([socket.readyState, received]).toEqual([WebSocket.CONNECTING, []]);
    await held.letGo();
    await opened;
    socket.send(STEP_1);
    await until(() => expect(answersTo(received)).toBe(1));
  });

  it('is refused where there are too many sockets or documents [A2]', async () => {
    for (const limits of [{ sockets: 1 }, { documents: 0 }]) {
      await (
        await tabs.away()
      )(limits);
      const cookie = await tabs.cookieOf();
      if ('sockets' in limits) await once(raw(cookie).socket, 'open');
      expect(await closeOf(`${tabs.server.url}/${tabs.formulaId}`, { cookie })).toMatchObject({
        code: CLOSE.tryAgainLater,
      });
    }
  });
});

describe('what is not committed', () => {
  it('is said to nobody: no change, no answer to step 1, no “saved” [W2]', async () => {
    const ada = await tabs.open();
    const ben = await tabs.open();
    await online(ada);
    await online(ben);
    const held = await hold('formula_updates');
    edit(ada, period(21));
    await held.waiting();
    const { socket, received, heard } = raw(await tabs.cookieOf());
    await once(socket, 'open');
    socket.send(STEP_1);
    await heard();
    expect([answersTo(received), periodIn(ben.doc), ada.getStatus().unsaved]).toEqual([0, 10, 1]);
    await held.letGo();
    await saved(ada);
    await until(() => expect([answersTo(received), periodIn(ben.doc)]).toEqual([1, 21]));
  });

  it('is not committed once the right is withdrawn, and its group fails with it [W7]', async () => {
    const actor = await createMember(tabs.db, tabs.orgId, 'editor');
    const ada = openFormula(tabs.server.url, tabs.formulaId, await signIn(tabs.db, actor));
    tabs.closeLater(ada.connection);
    const ben = await tabs.open();
    await until(() => expect(ada.connection.getStatus()).toMatchObject({ connection: 'online', canEdit: true }));
    await online(ben);
    const losses: string[] = [];
    ben.subscribe(() => losses.push(ben.getStatus().connection));
    // Nobody is told: the look at the socket finds the right still there.
    await asSystem(tabs.db, (tx) =>
      tx
        .update(memberships)
        .set({ role: 'viewer' })
        .where(and(eq(memberships.orgId, tabs.orgId), eq(memberships.userId, actor.userId))),
    );
    writeEdits(ada.doc, [period(66)], 'ada');
    await until(() => expect(ada.connection.getStatus()).toMatchObject({ canEdit: false, unsaved: 1 }));
    // The document was thrown away (W3): also who did nothing wrong comes back.
    await until(() => expect(losses).toContain('offline'));
    await online(ben);
    expect([periodIn(ben.doc), periodIn((await tabs.stored()).doc)]).toEqual([10, 10]);
  });
});

describe('presence', () => {
  it('of a moment is sent together, to its sender too [P3]', async () => {
    const ada = raw(await tabs.cookieOf());
    await once(ada.socket, 'open');
    await ada.heard();
    const before = ada.received.length;
    const awareness = new Awareness(new Y.Doc());
    for (let x = 0; x < 5; x += 1) {
      awareness.setLocalState({ cursor: { x, y: 0 } });
      const state = encodeAwarenessUpdate(awareness, [awareness.clientID]);
      ada.socket.send(encodeMessage(MESSAGE.awareness, (encoder) => encoding.writeVarUint8Array(encoder, state)));
    }
    await ada.heard();
    const shown = () => ada.received.slice(before).filter(([type]) => type === MESSAGE.awareness);
    await until(() => expect(shown().length).toBeGreaterThan(0));
    expect(shown().length).toBeLessThan(5);
    awareness.destroy();
  });
});

it('says nothing from time to time to an idle socket, so that the line is not taken for dead [P3]', async () => {
  const back = await tabs.away();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    await back();
    const { socket, received, heard } = raw(await tabs.cookieOf());
    await once(socket, 'open');
    await heard();
    const before = received.length;
    vi.advanceTimersByTime(30_000);
    await heard();
    expect(received.slice(before).map(([type]) => type)).toContain(MESSAGE.awareness);
  } finally {
    vi.useRealTimers();
  }
});

describe('a shutdown', () => {
  it('commits and sends what was taken, takes nothing more, and closes with 1012 [S1]', async () => {
    const cookie = await tabs.cookieOf();
    const ben = raw(cookie);
    const editor = new Y.Doc();
    await once(ben.socket, 'open');
    ben.socket.send(STEP_1);
    await until(() => expect(answersTo(ben.received)).toBe(1));
    Y.applyUpdate(editor, await tabs.stored().then(({ doc }) => Y.encodeStateAsUpdate(doc)));
    const updates: Uint8Array[] = [];
    editor.on('update', (update: Uint8Array) => updates.push(update));
    writeEdits(editor, [period(21)], 'ben');
    writeEdits(editor, [{ type: 'setName', id: 'fast', name: 'late' }], 'ben');
    const [taken, late] = updates.map((update) => encodeSync(SYNC.update, update));
    if (!taken || !late) throw new Error('two updates');
    const held = await hold('formula_updates');
    ben.socket.send(taken);
    await held.waiting();
    const back = tabs.away();
    ben.socket.send(late);
    await held.letGo();
    expect(await ben.closed).toBe(CLOSE.restarting);
    // Its own change came back: it was committed, and sent, before the socket was closed.
    expect(ben.received.some(([type, step]) => type === MESSAGE.sync && step === SYNC.update)).toBe(true);
    await (
      await back
    )();
    const { doc } = await tabs.stored();
    expect([periodIn(doc), doc.getMap('nodes').size]).toEqual([21, 2]);
    expect(JSON.stringify(doc.getMap('nodes'))).not.toContain('late');
  });
});
