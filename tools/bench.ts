/**
 * `npm run bench`: how fast the engine is on this machine, as medians, beside what else npm has. `npm run bench -- runs
 * live` runs only those parts: runs, nodes, live, memory, peers, sweep, language, history, largest, estimate. All of
 * them take a few minutes.
 */
import { availableParallelism, cpus } from 'node:os';
import { table } from '#cli/table.ts';
import { backtest } from '#core/engine/backtest.ts';
import { evaluate } from '#core/engine/evaluate.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { createBarRunner } from '#core/engine/stream/bar-runner.ts';
import type { Fuse } from '#core/engine/stream/fuse-kernels.ts';
import { fuse } from '#server/compute/bot/fuse.ts';
import { benchEstimate } from '#tools/bench/estimate.ts';
import { benchHistory } from '#tools/bench/history.ts';
import { benchLanguage } from '#tools/bench/language.ts';
import { benchLargest } from '#tools/bench/largest.ts';
import { medianOf, succeed } from '#tools/bench/measure.ts';
import type { PeerRow } from '#tools/bench/peers.ts';
import { benchSweep } from '#tools/bench/sweep.ts';
import { barsOneByOne, FIFTY_NODES, formulaOf, nodesOf, planOf, randomBars, SMA_CROSS } from '#tools/bench/work.ts';
import { installPeers } from '#tools/install-peers.ts';

const count = (value: number): string => value.toLocaleString('en');
const timed = (work: string, bars: number, milliseconds: number): string[] => [
  work,
  count(bars),
  milliseconds.toFixed(2),
  (bars / milliseconds / 1000).toFixed(1),
  ((milliseconds * 1e6) / bars).toFixed(0),
];
const HEAD = ['work', 'bars', 'ms', 'M bars/s', 'ns/bar'];

/** Whole backtests, at four sizes. */
function runs(): string {
  const cross = planOf(SMA_CROSS);
  return table(
    HEAD,
    [10_000, 100_000, 1_000_000, 10_000_000].map((length) => {
      const bars = randomBars(length);
      return timed(
        'SMA cross: trades, equity, drawdown, metrics',
        length,
        medianOf(() => void succeed(backtest(cross, bars, DEFAULT_SETTINGS))),
      );
    }),
  );
}

/** The preview, and formulas of three sizes. */
function nodes(): string {
  const preview = randomBars(5000);
  const fifty = planOf(FIFTY_NODES);
  const shown = planOf(FIFTY_NODES, true);
  const rows = [
    timed(
      `${nodesOf(fifty)} nodes: whole result (preview)`,
      preview.length,
      medianOf(() => void succeed(backtest(fifty, preview, DEFAULT_SETTINGS))),
    ),
    timed(
      `${nodesOf(shown)} nodes: every named series`,
      preview.length,
      medianOf(() => void succeed(evaluate(shown, preview))),
    ),
  ];
  const bars = randomBars(100_000);
  for (const size of [10, 100, 1000]) {
    const plan = planOf(formulaOf(size));
    rows.push(
      timed(
        `${nodesOf(plan)} nodes: whole result`,
        bars.length,
        medianOf(() => void succeed(backtest(plan, bars, DEFAULT_SETTINGS)), 500),
      ),
    );
  }
  return table(HEAD, rows);
}

/** Bar by bar, as bots run. */
function live(): string {
  const plan = planOf(FIFTY_NODES);
  const bars = barsOneByOne(randomBars(100_000));
  const run = (how: Fuse | null) => {
    const runner = succeed(createBarRunner(plan, DEFAULT_SETTINGS, '1m', { fuse: how }));
    return medianOf(() => {
      for (const bar of bars) runner.onBar(bar);
    });
  };
  return table(HEAD, [
    timed(`${nodesOf(plan)} nodes: live, kernels fused`, bars.length, run(fuse)),
    timed(`${nodesOf(plan)} nodes: live, kernels one by one`, bars.length, run(null)),
  ]);
}

/** What a run takes beside its bars, which have 48 B each. */
function memory(): string {
  const cross = planOf(SMA_CROSS);
  const rows = [100_000, 1_000_000].map((length) => {
    const bars = randomBars(length);
    const before = process.memoryUsage().arrayBuffers;
    const kept = backtest(cross, bars, DEFAULT_SETTINGS);
    const taken = process.memoryUsage().arrayBuffers - before;
    succeed(kept);
    return ['SMA cross: two averages, equity, drawdown, buy and hold', count(length), (taken / length).toFixed(1)];
  });
  return table(['work', 'bars', 'B/bar'], rows);
}

async function peers(): Promise<string> {
  await installPeers();
  const { benchBacktests, benchIndicators } = await import('#tools/bench/peers.ts');
  const rows = [...benchBacktests(), ...(await benchIndicators())];
  const ours = (row: PeerRow): number =>
    rows.find(({ work, who }) => work === row.work && who.startsWith('Alphaloom'))?.milliseconds ?? Number.NaN;
  return table(
    ['work', 'by', 'bars', 'ms', 'times ours'],
    rows.map((row) => [
      row.work,
      row.who,
      count(row.bars),
      row.milliseconds.toFixed(2),
      (row.milliseconds / ours(row)).toFixed(1),
    ]),
  );
}

async function sweep(): Promise<string> {
  const {
    settings,
    bars,
    seconds,
    cpuSeconds,
    trades,
    memory: most,
  } = await benchSweep(1_000_000, availableParallelism());
  const row = [
    count(settings),
    count(bars),
    String(availableParallelism()),
    seconds.toFixed(1),
    cpuSeconds.toFixed(1),
    ((settings * bars) / seconds / 1e6).toFixed(0),
    count(trades),
    most.toFixed(0),
  ];
  return table(['settings', 'bars', 'threads', 's', 'CPU s', 'M bars/s', 'trades', 'MB at the most'], [row]);
}

/** What the estimate before a run says, and what the run takes. */
function estimate(): string {
  return table(
    ['run', 'CPU ms', 'estimated', 'times'],
    benchEstimate().map(({ name, milliseconds, estimated }) => [
      name,
      milliseconds.toFixed(1),
      estimated.toFixed(1),
      (estimated / milliseconds).toFixed(1),
    ]),
  );
}

async function language(): Promise<string> {
  const rows = await benchLanguage();
  return table(
    ['work', 'lines', 'nodes', 'ms', 'µs/line'],
    rows.map(({ work, lines, nodes: size, milliseconds }) => [
      work,
      count(lines),
      count(size),
      milliseconds.toFixed(1),
      ((milliseconds * 1000) / lines).toFixed(1),
    ]),
  );
}

/** The largest formulas that are allowed. */
function largest(): string {
  return table(
    ['formula', 'work', 'nodes', 'characters', 'ms', 'times half'],
    benchLargest().map(({ shape, work, nodes: size, characters, milliseconds, growth }) => [
      shape,
      work,
      count(size),
      count(characters),
      milliseconds.toFixed(1),
      growth.toFixed(1),
    ]),
  );
}

/** Files of a strategy with its versions, and merges. */
const history = (): string =>
  table(
    ['work', 'size', 'ms'],
    benchHistory().map(({ work, size, milliseconds }) => [work, size, milliseconds.toFixed(1)]),
  );

// Memory first of all, while there is nothing else that could be collected meanwhile; the sweep before what else takes
// memory.
const PARTS: readonly (readonly [string, () => string | Promise<string>])[] = [
  ['memory', memory],
  ['sweep', sweep],
  ['runs', runs],
  ['nodes', nodes],
  ['live', live],
  ['peers', peers],
  ['language', language],
  ['history', history],
  ['largest', largest],
  ['estimate', estimate],
];

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => PARTS.every(([part]) => part !== name));
if (unknown !== undefined)
  throw new Error(`There is no part "${unknown}". There are: ${PARTS.map(([name]) => name).join(', ')}.`);
console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`);
for (const [name, part] of PARTS)
  if (wanted.length === 0 || wanted.includes(name)) console.log(`\n${name}\n\n${await part()}`);
