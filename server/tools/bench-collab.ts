/**
 * `npm run bench:collab`: what people feel when they edit together, over a real Postgres that commits durably, with stock clients. The server
 * is a process of its own, the clients share this one. Times are from an edit to its arrival at a colleague, after the commit. With
 * `-- --crowd` also two hundred people in one formula.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createDecoder, readVarUint } from 'lib0/decoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { applyEdits } from '#collab/apply-edits.ts';
import { encodeSync, EXTRA_PARAMETER, MESSAGE, SYNC } from '#collab/messages.ts';
import { FORMULA_FORMAT, type Formula } from '#core/formula/formula.ts';
import { openDatabase, type Database } from '#server/db/database.ts';
import { startEmbeddedPostgres } from '#server/db/embedded/start.ts';
import { migrate } from '#server/db/migrate.ts';
import { createFormula, signIn, SMALL, socketWith } from '#server/realtime/testing/harness.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';

const PORT = 4719;
const URL_BASE = `ws://127.0.0.1:${PORT}/collab`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Room {
  readonly db: Database;
  readonly orgId: string;
}

function percentiles(samples: readonly number[]): string {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms (${sorted.length} samples)`;
}

async function openStock(formulaId: string, cookie: string): Promise<WebsocketProvider> {
  const provider = new WebsocketProvider(URL_BASE, formulaId, new Y.Doc(), { WebSocketPolyfill: socketWith({ cookie }), disableBc: true });
  await new Promise<void>((resolve) => provider.on('sync', (synced) => synced && resolve()));
  return provider;
}

function leave(provider: WebsocketProvider): void {
  provider.destroy();
  provider.doc.destroy();
}

/** `people` edit `perSecond` times a second each, for `seconds`, spread evenly. */
async function edits(room: Room, people: number, perSecond: number, seconds: number): Promise<string> {
  const formulaId = await createFormula(room.db, room.orgId, SMALL);
  const providers: WebsocketProvider[] = [];
  for (let i = 0; i < people; i++) providers.push(await openStock(formulaId, await signIn(room.db, await createMember(room.db, room.orgId, 'editor'))));
  const made = new Map<string, number>();
  const samples: number[] = [];
  providers.forEach(({ doc }, i) => {
    // Each person's edits are timed at one colleague.
    const watched = `fast/p${(i + 1) % people}`;
    doc.getMap('args').observe((event) => {
      const value: unknown = event.keysChanged.has(watched) ? doc.getMap('args').get(watched) : undefined;
      const since = made.get(String(value));
      if (since !== undefined) samples.push(performance.now() - since);
    });
  });
  let next = 0;
  const rounds = seconds * perSecond;
  const start = performance.now();
  for (let edit = 0; edit < rounds * people; edit++) {
    const due = start + (edit * 1000) / (perSecond * people);
    await delay(Math.max(0, due - performance.now()));
    const i = edit % people;
    const value = `v${(next += 1)}`;
    made.set(value, performance.now());
    applyEdits(providers[i]?.doc ?? new Y.Doc(), [{ type: 'setArg', id: 'fast', port: `p${i}`, arg: value }], 'bench');
  }
  while (samples.length < rounds * people && performance.now() < start + seconds * 1000 + 10_000) await delay(20);
  providers.forEach(leave);
  return percentiles(samples);
}

/**
 * The server alone: sockets that send edits and count what is confirmed, but leave what others write unread, since two hundred documents in this
 * one process would be what is measured. Times are from an edit to its confirmation, which comes after everybody was sent it.
 */
async function crowd(room: Room, people: number, perSecond: number, seconds: number): Promise<string> {
  const formulaId = await createFormula(room.db, room.orgId, SMALL);
  const samples: number[] = [];
  const sockets = await Promise.all(
    Array.from({ length: people }, async () => {
      const cookie = await signIn(room.db, await createMember(room.db, room.orgId, 'editor'));
      const socket = new WebSocket(`${URL_BASE}/${formulaId}?${EXTRA_PARAMETER}=1`, { headers: { cookie } });
      const doc = new Y.Doc();
      const waiting: number[] = [];
      doc.on('update', (update) => {
        waiting.push(performance.now());
        socket.send(encodeSync(SYNC.update, update));
      });
      let confirmed = 0;
      socket.on('message', (data: Buffer) => {
        if (data[0] !== MESSAGE.saved) return;
        const decoder = createDecoder(data.subarray(1));
        for (const until = readVarUint(decoder); confirmed < until; confirmed++) samples.push(performance.now() - (waiting[confirmed] ?? NaN));
      });
      await once(socket, 'open');
      return { doc, socket };
    }),
  );
  const start = performance.now();
  const total = seconds * perSecond * people;
  for (let edit = 0; edit < total; edit++) {
    const due = start + (edit * 1000) / (perSecond * people);
    await delay(Math.max(0, due - performance.now()));
    sockets[edit % people]?.doc.getMap('args').set(`fast/p${edit % people}`, edit);
  }
  while (samples.length < total && performance.now() < start + seconds * 1000 + 10_000) await delay(20);
  for (const { socket } of sockets) socket.terminate();
  return percentiles(samples);
}

const big: Formula = {
  format: FORMULA_FORMAT,
  nodes: Object.fromEntries(
    Array.from({ length: 1000 }, (_, i) => [`n${i}`, { block: 'sma', name: `line${i}`, args: { source: i === 0 ? 1 : { from: `n${i - 1}` }, timePeriod: i + 2 } }]),
  ),
};

async function joins(room: Room, times: number): Promise<string> {
  const formulaId = await createFormula(room.db, room.orgId, big);
  const cookie = await signIn(room.db, await createMember(room.db, room.orgId, 'editor'));
  const warm = await openStock(formulaId, cookie);
  const samples: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    const provider = await openStock(formulaId, cookie);
    samples.push(performance.now() - start);
    leave(provider);
  }
  leave(warm);
  return percentiles(samples);
}

// Each stock provider listens for the end of the process.
process.setMaxListeners(0);
const dataDir = await mkdtemp(join(tmpdir(), 'alphaloom-bench-'));
const postgres = await startEmbeddedPostgres({ dataDir, log: { info: () => undefined, error: () => undefined } });
await migrate(postgres.url);
const database = openDatabase(postgres.url, { max: 4 });
const child = spawn(process.execPath, [new URL('../realtime/testing/hold-realtime.ts', import.meta.url).pathname, postgres.url, String(PORT)], { stdio: ['ignore', 'pipe', 'inherit'] });
try {
  await once(child.stdout, 'data');
  const room: Room = { db: database.db, orgId: await createOrganisation(database.db) };
  await edits(room, 10, 5, 2);
  say(`10 editors x 5 edits/s, durable:   ${await edits(room, 10, 5, 20)}`);
  say(`join a formula of 1,000 nodes:     ${await joins(room, 50)}`);
  if (process.argv.includes('--crowd')) say(`200 editors x 5 edits/s, durable:  ${await crowd(room, 200, 5, 10)}`);
} finally {
  child.kill();
  await database.close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}
