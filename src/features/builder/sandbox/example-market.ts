import { z } from 'zod';
import { idOf } from '#core/requests/ids.ts';
import type { Outputs } from '#trpc/types.ts';

type Market = Outputs['market']['list'][number];
type Lists = Outputs['market']['bars'];

/** Prices that belong to nobody, with the market that they are of. */
export interface ExampleMarket {
  readonly market: Market;
  readonly lists: Lists;
}

const DAY = 86_400_000;
const numbers = z.array(z.number());
const shape = z.object({
  day: numbers,
  open: numbers,
  high: numbers,
  low: numbers,
  close: numbers,
  volume: numbers,
});

let loading: Promise<ExampleMarket> | undefined;

/** Reads the file of prices that comes with the pages, once. */
export function loadExampleMarket(): Promise<ExampleMarket> {
  loading ??= readExample().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function readExample(): Promise<ExampleMarket> {
  const response = await fetch('/examples/spx-daily.json');
  return exampleMarket(await response.json());
}

export function exampleMarket(read: unknown): ExampleMarket {
  const { day, ...prices } = shape.parse(read);
  const time = day.map((number) => number * DAY);
  return {
    lists: { time, ...prices, reducedBy: 1, barsPerYear: null },
    market: {
      id: idOf('market', 'example'),
      symbol: 'SPX',
      name: 'S&P 500',
      timeframe: '1d',
      currency: 'USD',
      barCount: time.length,
      firstTime: time[0] ?? 0,
      lastTime: time.at(-1) ?? 0,
      hasVolume: true,
      timesAre: null,
      source: 'vega-datasets',
      revision: 1,
      instrument: { kind: 'index', venue: null, tick: null, lot: null, timeZone: 'UTC', session: null },
    },
  };
}
