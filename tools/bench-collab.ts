/**
 * `npm run bench:collab`: what people feel when they edit together, beside the servers that one would take from npm
 * instead. Each server is a process of its own, the clients share this one; ours commits each edit to a real Postgres
 * before anybody sees it. `-- idle join` runs only the rows with one of these words.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '#cli/table.ts';
import { openDatabase } from '#server/db/database.ts';
import { startEmbeddedPostgres } from '#server/db/embedded/embedded-postgres.ts';
import { migrate } from '#server/db/migrate.ts';
import type { Contender } from '#tools/bench-collab/contender.ts';
import { percentile, takeTurns } from '#tools/bench-collab/samples.ts';
import * as work from '#tools/bench-collab/workloads.ts';
import { installPeers } from '#tools/install-peers.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const words = process.argv.slice(2);

const times = ({ samples, made }: work.Arrivals): string => {
  const lost = made - samples.length;
  const [p50, p99] = [percentile(samples, 0.5), percentile(samples, 0.99)];
  return `${p50.toFixed(1)} / ${p99.toFixed(1)}${lost > 0 ? `, ${lost} of ${made} not within 10 s` : ''}`;
};

interface Row {
  readonly what: string;
  run(contender: Contender): Promise<string>;
}

const ROWS: readonly Row[] = [
  // First, while nothing else is in memory that could go meanwhile.
  {
    what: 'idle connection: KB',
    run: async (contender) => ((await work.idle(contender, 1_000, 200)) / 1024).toFixed(1),
  },
  {
    what: '10 editors × 5 edits/s: p50 / p99 ms',
    run: async (contender) => times(await work.editTogether(contender, 10, 5, 20)),
  },
  ...[10, 50, 100, 200].map((people): Row => ({
    what: `crowd of ${people} × 5 edits/s: p50 / p99 ms`,
    run: async (contender) => times(await work.crowd(contender, { people, perSecond: 5, seconds: 8 })),
  })),
  ...[100, 1_000, 10_000].map((nodes): Row => ({
    what: `join ${nodes.toLocaleString('en')} nodes, warm: p50 ms`,
    run: async (contender) => percentile(await work.join(contender, nodes, nodes > 1_000 ? 10 : 40), 0.5).toFixed(1),
  })),
  ...[1e3, 1e4, 1e5, 1e6].map((edits): Row => ({
    what: `${edits.toLocaleString('en')} edits of one person: edits/s, size (fresh: 1)`,
    run: async (contender) => {
      const { perSecond, growth } = await work.manyEdits(contender, edits);
      return `${Math.round(perSecond).toLocaleString('en')}, ${growth.toFixed(2)}`;
    },
  })),
  {
    what: '10 × 5 edits/s of 20 KB, without / with a paused reader: p99 ms',
    run: async (contender) => {
      const load = { people: 10, perSecond: 5, seconds: 10, weight: 20_000 };
      const p99 = async (hasSleeper: boolean): Promise<number> =>
        percentile((await work.crowd(contender, { ...load, hasSleeper })).samples, 0.99);
      const [without, beside] = await takeTurns(
        7,
        () => p99(false),
        () => p99(true),
      );
      return `${without.toFixed(1)} / ${beside.toFixed(1)}`;
    },
  },
];

await installPeers();
const { alphaloom, hocuspocus, yWebsocket } = await import('#tools/bench-collab/contenders.ts');
// Each stock provider listens for the end of the process.
process.setMaxListeners(0);
const dataDir = await mkdtemp(join(tmpdir(), 'alphaloom-bench-'));
const postgres = await startEmbeddedPostgres({ dataDir, log: { info: () => undefined, error: () => undefined } });
await migrate(postgres.urls);
const { db, close } = openDatabase(postgres.urls, { max: 4 });
const contenders: Contender[] = [];
try {
  contenders.push(
    await alphaloom(db, postgres.urls, 4719),
    await yWebsocket(4720),
    await hocuspocus(postgres.urls.migration, 4721),
  );
  say(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}; loopback\n`);
  const cells: string[][] = [];
  for (const { what, run } of ROWS.filter(
    ({ what: name }) => words.length === 0 || words.some((word) => name.includes(word)),
  )) {
    const row = [what];
    for (const contender of contenders)
      row.push(await run(contender).catch((error: unknown) => `failed: ${String(error)}`));
    cells.push(row);
    say(row.join(' | '));
  }
  say(`\n${table(['', ...contenders.map(({ name }) => name)], cells)}`);
} finally {
  await Promise.all(contenders.map((contender) => contender.close()));
  await close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}
// Providers keep trying to come back.
process.exit();
