import type { Page } from '@playwright/test';
import fc from 'fast-check';
import { DEFAULT_SETTINGS, type Settings } from '#core/engine/outcome/settings.ts';
import { Preview } from '#core/engine/preview.ts';
import { arbitraryBars } from '#core/engine/testing/bars.ts';
import { BLOCKS, findBlock } from '#core/formula/blocks/catalogue.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { exampleProgram } from '#core/formula/reference/example.ts';
import { arbitraryFormula, SOME_FEEDS } from '#core/formula/testing/arbitrary-formula.ts';
import type { Bars } from '#core/market/bars.ts';
import type { FromWorker, ToWorker } from '#features/rerun/protocol.ts';
import { newFormula, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

// What the page's own worker makes of formulas, against the same engine in this process: another version of V8, another
// compiler of the code.

const BARS = 300;
const FORMULAS = 150;
const SEED = 20_260_101;

interface Case {
  readonly name: string;
  readonly formula: Formula;
  readonly own: Bars;
  readonly feeds: readonly Bars[];
  readonly settings: Settings;
}

const sampleOf = <T>(arbitrary: fc.Arbitrary<T>, count: number, seed: number): T[] =>
  fc.sample(arbitrary, { numRuns: count, seed });

const SETTINGS: readonly Settings[] = [
  DEFAULT_SETTINGS,
  {
    ...DEFAULT_SETTINGS,
    commission: 0.001,
    commissionFixed: 1,
    commissionMinimum: 2,
    slippage: 0.0005,
    fill: 'close',
    leverage: 2,
    lot: 1,
    closeAtEnd: false,
  },
];

/**
 * Where functions that are no arithmetic have the most to do: powers, waves and logarithms of small, large and negative
 * numbers.
 */
const FAR_OFF = `a = exp(close / 7 - 20) + ln(volume) * log10(close)
b = sin(time) + cos(volume * close) - tan(close)
c = asin(sin(close)) + acos(cos(close)) + atan((close - open) * 1000)
d = sinh(close / open * 3) - cosh(close / 9) + tanh(close - open)
e = (close / open) ^ 252 + close ^ -0.37 + (open - close) ^ 3
buy(when: a + b + c > d + e)
sell(when: b > c)`;

function makeCases(): Case[] {
  const examples = BLOCKS.map((block) => ({
    name: `the example of ${block.name}`,
    formula: parse(exampleProgram(block)).formula,
  }));
  const generated = sampleOf(arbitraryFormula({ maxStatements: 8, feeds: SOME_FEEDS }), FORMULAS, SEED).map(
    (formula, index) => ({ name: `generated formula ${index}`, formula }),
  );
  const formulas = [...examples, { name: 'far off', formula: parse(FAR_OFF).formula }, ...generated];
  // Two markets each: the own one, and that of whatever else the formula reads.
  const markets = sampleOf(fc.tuple(arbitraryBars(BARS), arbitraryBars(BARS)), formulas.length, SEED);
  return formulas.flatMap((entry, index) => {
    const [own, other] = markets[index] ?? [];
    const settings = SETTINGS[index % SETTINGS.length];
    return own && other && settings
      ? [{ ...entry, own, feeds: symbolsOf(entry.formula).map((symbol) => ({ ...other, symbol })), settings }]
      : [];
  });
}

const symbolsOf = ({ nodes }: Formula): string[] =>
  Object.values(nodes).flatMap(({ block, args }) =>
    block === 'feed' && typeof args['symbol'] === 'string' ? [args['symbol']] : [],
  );

/** What a formula comes to: columns by what they are of, and the rest. */
interface Outcome {
  readonly rest: unknown;
  readonly columns: ReadonlyMap<string, Float64Array>;
}

function outcomeHere({ formula, own, feeds, settings }: Case): Outcome {
  const run = new Preview(own, new Map(feeds.map((bars) => [bars.symbol, bars]))).run(formula, settings);
  if (!run.ok) return { rest: run.error, columns: new Map() };
  const { equity, drawdown, benchmark, ...rest } = run.value.result;
  const columns = new Map([
    ['equity', equity],
    ['drawdown', drawdown],
    ['benchmark', benchmark],
  ]);
  for (const [id, { block }] of Object.entries(formula.nodes))
    for (const { name } of findBlock(block)?.outputs ?? []) {
      const series = run.value.series(id, name);
      if (series instanceof Float64Array) columns.set(`${block} ${id} ${name}`, series);
    }
  return { rest, columns };
}

/** Remembers how the page starts the worker that it gives bars to, so that another of the same can be started. */
async function rememberWorker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Original = window.Worker;
    window.Worker = class extends Original {
      readonly #again: () => Worker;

      constructor(...how: ConstructorParameters<typeof Worker>) {
        super(...how);
        this.#again = () => new Original(...how);
      }

      override postMessage(message: unknown): void {
        super.postMessage(message);
        if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'bars')
          Object.assign(window, { startWorker: this.#again });
      }
    };
  });
}

declare global {
  interface Window {
    startWorker?: () => Worker;
    startedWorker?: Worker;
  }
}

/** Columns go to the page and come back as the text of their bytes. */
const toText = (values: Float64Array): string =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
const fromText = (text: string): Float64Array => new Float64Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
const textsOf = ({ symbol, timeframe, length, time, open, high, low, close, volume }: Bars) => ({
  symbol,
  timeframe,
  length,
  columns: Object.entries({ time, open, high, low, close, volume }).map(([name, values]): [string, string] => [
    name,
    toText(values),
  ]),
});

async function outcomeInPage(page: Page, { formula, own, feeds, settings }: Case): Promise<Outcome> {
  const answer = await page.evaluate(
    async ({ formula, own, feeds, settings }) => {
      const worker = window.startedWorker ?? window.startWorker?.();
      if (!worker) throw new Error('the page has started no worker');
      window.startedWorker = worker;
      const ask = (message: ToWorker) =>
        new Promise<FromWorker>((resolve, reject) => {
          worker.onmessage = ({ data }: MessageEvent<FromWorker>) => resolve(data);
          worker.onerror = ({ message: problem }) => reject(new Error(problem));
          worker.postMessage(message);
        });
      const toText = ({ buffer, byteOffset, byteLength }: Float64Array) =>
        btoa(String.fromCharCode(...new Uint8Array(buffer, byteOffset, byteLength)));
      const fromText = (text: string) =>
        new Float64Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
      const barsOf = ({ columns, ...about }: typeof own) =>
        ({
          ...about,
          ...Object.fromEntries(columns.map(([name, values]) => [name, fromText(values)])),
        }) as unknown as Bars;
      worker.postMessage({
        type: 'bars',
        own: barsOf(own),
        feeds: new Map(feeds.map((bars) => [bars.symbol, barsOf(bars)])),
      } satisfies ToWorker);
      const run = await ask({ type: 'run', formula, settings });
      if (run.type !== 'ran') return { rest: run.type === 'problem' ? run.problem : run, columns: [] };
      const { equity, drawdown, benchmark, ...rest } = run.result;
      const columns = [
        ['equity', toText(equity)],
        ['drawdown', toText(drawdown)],
        ['benchmark', toText(benchmark)],
      ];
      for (const [id, { block }] of Object.entries(formula.nodes)) {
        const drawn = await ask({ type: 'series', nodes: [id] });
        if (drawn.type === 'series')
          for (const { outputs } of drawn.series)
            columns.push(...outputs.map(({ name, values }) => [`${block} ${id} ${name}`, toText(values)]));
      }
      return { rest, columns };
    },
    { formula, own: textsOf(own), feeds: feeds.map(textsOf), settings },
  );
  return {
    rest: answer.rest,
    columns: new Map(answer.columns.map(([name = '', text = '']) => [name, fromText(text)])),
  };
}

/** The first place where two outcomes differ, in words; null where they are the same to the bit. */
function firstDifference(here: Outcome, there: Outcome): string | null {
  if ([...here.columns.keys()].join() !== [...there.columns.keys()].join())
    return `columns ${[...here.columns.keys()].join()} here, ${[...there.columns.keys()].join()} there`;
  for (const [name, column] of here.columns) {
    const bar = column.findIndex((value, index) => !Object.is(value, there.columns.get(name)?.[index]));
    if (bar >= 0) return `${name} at bar ${bar}: ${column[bar]} here, ${there.columns.get(name)?.[bar]} there`;
  }
  return null;
}

test('the worker of the page gives what Node gives, to the bit', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await rememberWorker(page);
  await register({ page, ...ada });
  await newFormula(page, 'Parity');
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText(/bars in/);
  const cases = makeCases();
  let columns = 0;
  let trades = 0;
  for (const one of cases) {
    const [here, there] = [outcomeHere(one), await outcomeInPage(page, one)];
    expect(firstDifference(here, there), one.name).toBeNull();
    expect(there.rest, one.name).toEqual(here.rest);
    columns += here.columns.size;
    trades +=
      typeof here.rest === 'object' && here.rest !== null && 'trades' in here.rest && Array.isArray(here.rest.trades)
        ? here.rest.trades.length
        : 0;
  }
  process.stdout.write(`    ${cases.length} formulas, ${columns} columns of ${BARS} bars, ${trades} trades\n`);
  expect(trades).toBeGreaterThan(1000);
});
