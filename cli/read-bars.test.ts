import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { evaluate } from '#core/engine/evaluate.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Timeframe } from '#core/market/bars.ts';
import { arbitraryStyle, csvOf } from '#core/market/testing/arbitrary-csv.ts';
import { arbitraryTimeframe } from '#core/market/testing/arbitrary-timeframe.ts';
import { barEnd, latestBarEnd } from '#core/market/timeframe.ts';
import { readData, type Data } from './read-bars.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alphaloom-bars-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

async function read(
  own: string,
  { other, timeframe }: { readonly other?: string; readonly timeframe?: string[] } = {},
): Promise<{ data: Data | null; said: string[] }> {
  const said: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line.replace(`${folder}/`, '')));
  await writeFile(join(folder, 'own.csv'), own);
  if (other !== undefined) await writeFile(join(folder, 'other.csv'), other);
  const data = await readData({
    data: [join(folder, 'own.csv'), ...(other === undefined ? [] : [`OTHER=${join(folder, 'other.csv')}`])],
    timeframe,
  });
  return { data, said };
}

function seriesOf(code: string, { bars, feeds }: Data): number[] {
  const plan = compile(parse(code).formula, {}, { keepNamed: true });
  const series = plan.ok ? evaluate(plan.value, bars, feeds) : expect.fail(JSON.stringify(plan.error));
  return Array.from(series.ok ? (series.value.get('seen') ?? []) : expect.fail(series.error));
}

const MINUTE = 60_000;
const BEGIN = Date.UTC(2021, 0, 4);
const row = (time: number, close: number): string => `${new Date(time).toISOString()},1,100000,0.1,${close},1`;
const fileOf = (rows: readonly string[]): string => ['time,open,high,low,close,volume', ...rows].join('\n');
const every = (count: number, minutes: number): number[] =>
  Array.from({ length: count }, (_, bar) => BEGIN + bar * minutes * MINUTE);

describe('bars of a length that is no usual one', () => {
  test.each<[string, number, number, number[]]>([
    ['12h', 720, 60, [1012, 1024, 1036]],
    ['45m', 45, 1, [1045, 1090, 1135]],
    ['10m', 10, 1, [1010, 1020, 1030]],
    ['3m', 3, 1, [1003, 1006, 1009]],
  ])('of %s see of another market what has closed by then', async (timeframe, own, other, expected) => {
    // The close of the other market is 1000 and its bars since the beginning.
    const { data } = await read(fileOf(every(6, own).map((time) => row(time, 100))), {
      other: fileOf(every(720, other).map((time, bar) => row(time, 1001 + bar))),
    });
    expect(data?.bars.timeframe).toBe(timeframe);
    expect(data && seriesOf('seen = feed("OTHER").close', data).slice(0, 3)).toEqual(expected);
  });

  /** Bars that open where others end, but for holes; at the least one follows at once. */
  const market = arbitraryTimeframe.chain((timeframe) =>
    fc
      .array(fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 9 })), {
        minLength: 12,
        maxLength: 30,
      })
      .map((steps) => {
        let time = timeframe.endsWith('M') ? Date.UTC(2021, 0, 1) : BEGIN;
        const times = [time];
        for (const step of [1, 1, ...steps]) {
          for (let count = 0; count < step; count += 1) time = barEnd(time, timeframe);
          times.push(time);
        }
        return { timeframe, times };
      }),
  );

  test('through files of any kind: a value is that of what has closed, or the file is refused', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(market, market, arbitraryStyle, async (own, other, style) => {
        const text = (times: readonly number[]): string =>
          csvOf(
            times.map((time, bar) => ({ time, open: 1.07, high: 100_000.07, low: 0.07, close: bar + 1.07, volume: 1 })),
            style,
          );
        const { data } = await read(text(own.times), { other: text(other.times) });
        if (!data) return;
        taken += 1;
        expect([data.bars.timeframe, data.feeds.get('OTHER')?.timeframe]).toEqual([own.timeframe, other.timeframe]);
        const ends = (times: readonly number[], timeframe: Timeframe): number[] =>
          times.map((time) => barEnd(time, timeframe));
        const closed = other.times.map((time, bar) =>
          Math.min(latestBarEnd(time, other.timeframe), other.times[bar + 1] ?? Number.POSITIVE_INFINITY),
        );
        const expected = ends(own.times, own.timeframe)
          .map((now) => closed.findLastIndex((end) => end <= now) + 1.07)
          .map((value) => (value < 1 ? Number.NaN : value));
        expect(seriesOf('seen = feed("OTHER").close', data)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
    expect(taken).toBeGreaterThan(30);
  });

  test('are refused where there are several, with the line and what to do', async () => {
    const mixed = [...every(40, 1440), ...every(200, 60).map((time) => time + 40 * 1440 * MINUTE)];
    const { data, said } = await read(fileOf(mixed.map((time) => row(time, 1))));
    expect(data).toBeNull();
    expect(said).toEqual([
      expect.stringMatching(
        /^own\.csv:3: error: The bars do not say how long they last: 199 open 1h after the one before .*, 40 open 1d .* name how long they last with --timeframe 1h\.$/,
      ),
    ]);
    expect((await read(fileOf(mixed.map((time) => row(time, 1))), { timeframe: ['1h'] })).data).toBeNull();
    expect((await read(fileOf(every(20, 720).map((time) => row(time, 1))), { timeframe: ['1d'] })).said).toEqual([
      'own.csv:3: error: Bars of 1d would overlap: all of 19 open before the one before is over. They are bars of 12h.',
    ]);
  });

  test('may be named where the file does not say it', async () => {
    const sparse = [0, 2, 5, 7, 12, 15, 19, 21, 24, 26, 31].map((minute) => row(BEGIN + minute * MINUTE, 1));
    expect((await read(fileOf(sparse))).data).toBeNull();
    expect((await read(fileOf(sparse), { timeframe: ['60s'] })).data?.bars.timeframe).toBe('1m');
    expect(
      (
        await read(fileOf(every(5, 60).map((time) => row(time, 1))), { other: fileOf(sparse), timeframe: ['OTHER=1m'] })
      ).data?.feeds.get('OTHER')?.timeframe,
    ).toBe('1m');
    await expect(read(fileOf(sparse), { timeframe: ['1y'] })).rejects.toThrow(
      '--timeframe takes a whole number of seconds',
    );
    await expect(read(fileOf(sparse), { timeframe: ['SPY=1h'] })).rejects.toThrow('names no symbol of --data');
  });
});

test('one day alone is a day to its own strategy, but no feed', async () => {
  const day = 'Date\tOpen\tHigh\tLow\tClose\tVolume\n2020-01-02\t71.5\t72.5\t71.2\t72.4\t1000\n';
  expect((await read(day)).data?.bars).toMatchObject({ timeframe: '1d', length: 1 });
  expect((await read(day, { other: day })).said).toEqual([
    expect.stringContaining('One bar does not say how long it lasts.'),
  ]);
});

test('says which bars have no volume', async () => {
  const none = (
    await read(
      'Date,Open,High,Low,Close,Volume BTC,Volume USD\n2021-01-01,100,102,99,101,5,500\n2021-01-02,101,103,100,102,5,500\n2021-01-03,101,103,100,102,5,500',
    )
  ).data;
  expect(none?.withoutVolume).toEqual([null]);
  expect(none && seriesOf('seen = mfi(14)', none)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

describe('bars that are odd', () => {
  const days = (price: (day: number) => number, later = 0): string =>
    fileOf(
      Array.from({ length: 120 }, (_, day) => {
        const close = price(day);
        const time = new Date(BEGIN + (day + (day < 60 ? 0 : later)) * 24 * 60 * MINUTE).toISOString();
        return [time, close * 1.001, close * 1.01, close * 0.99, close, 1].join();
      }),
    );
  const usual = (day: number): number => 100 + 3 * Math.sin(day);

  test('are warnings with their line, and known to programs', async () => {
    const { data, said } = await read(days((day) => usual(day) * (day < 60 ? 1 : 100)));
    expect(said).toEqual([expect.stringMatching(/^own\.csv:62: warning: The bar of .* times as much\. Look whether/)]);
    expect(data?.warnings).toEqual([expect.stringMatching(/own\.csv:62: The bar of/)]);
  });

  test('behind a hole of a year are told once', async () => {
    const { data, said } = await read(days(usual, 400));
    expect(said).toHaveLength(1);
    expect(data?.warnings).toEqual([expect.stringContaining('401 days without a bar')]);
  });

  test('are told of each symbol, and usual ones of none', async () => {
    const odd = days((day) => usual(day) * (day === 70 ? 100 : 1));
    const { said, data } = await read(days(usual), { other: odd });
    expect(said).toEqual([expect.stringMatching(/^other\.csv:72: warning: .*So it jumps in 1 more place\./)]);
    expect(data?.warnings).toHaveLength(1);
    expect((await read(days(usual))).data?.warnings).toEqual([]);
  });
});
