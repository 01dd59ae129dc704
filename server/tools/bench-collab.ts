/**
 * `npm run bench:collab`: what people feel when they edit together, over a real Postgres that commits durably, with stock clients. The server
 * is a process of its own, the clients share this one. Times are from an edit to its arrival at a colleague, after the commit.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { applyEdits } from '#collab/apply-edits.ts';
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
    if (due > performance.now()) await delay(due - performance.now());
    const i = edit % people;
    const value = `v${(next += 1)}`;
    made.set(value, performance.now());
    applyEdits(providers[i]?.doc ?? new Y.Doc(), [{ type: 'setArg', id: 'fast', port: `p${i}`, arg: value }], 'bench');
  }
  while (samples.length < rounds * people && performance.now() < start + seconds * 1000 + 10_000) await delay(20);
  providers.forEach(leave);
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
  if (process.argv.includes('--crowd')) say(`200 editors x 5 edits/s, durable:  ${await edits(room, 200, 5, 10)}`);
} finally {
  child.kill();
  await database.close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}
