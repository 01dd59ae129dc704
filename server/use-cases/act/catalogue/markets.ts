import type { MarketId } from '#core/requests/ids.ts';
import type { StoredEvent } from '#server/live/event.ts';
import type { PreparedJob } from '#server/queue/prepare-job.ts';
import { nothing, type Audited, type Effects } from '../effects.ts';

interface Market {
  readonly marketId: MarketId;
  readonly symbol: string;
}

type Change = Extract<StoredEvent, { readonly kind: 'market.changed' }>['payload']['change'];

const changed = (marketId: MarketId, change: Change): readonly StoredEvent[] => [
  { kind: 'market.changed', payload: { marketId, change } },
];

/** Times of the first and the last bar that it is about, UTC milliseconds. */
interface Between {
  readonly from: number;
  readonly to: number;
}

export const MARKET_EVENTS = {
  'market.imported': ({ marketId, symbol }: Market): Effects => ({
    audit: { entity: 'market', entityId: marketId, difference: { symbol: [null, symbol] } },
    live: changed(marketId, { kind: 'imported' }),
  }),
  'market.removed': ({ marketId, symbol }: Market): Effects => ({
    audit: { entity: 'market', entityId: marketId, difference: { symbol: [symbol, null] } },
    live: changed(marketId, { kind: 'removed' }),
  }),
  /** `wake`: jobs of bots that have waited for these bars. */
  'market.appended': ({
    marketId,
    from,
    to,
    bars,
    wake,
  }: Market &
    Between & { readonly bars: readonly [number, number]; readonly wake: readonly PreparedJob[] }): Effects => ({
    audit: { entity: 'market', entityId: marketId, difference: { bars } },
    live: changed(marketId, { kind: 'appended', from, to }),
    jobs: wake,
  }),
  /** `again`: jobs of bots that were at one of its bars. */
  'market.corrected': ({
    marketId,
    from,
    to,
    changed: bars,
    added,
    again,
  }: Market &
    Between & {
      readonly changed: number;
      readonly added: number;
      readonly again: readonly PreparedJob[];
    }): Effects => ({
    audit: {
      entity: 'market',
      entityId: marketId,
      difference: { changed: [null, bars], added: [null, added], from: [null, from], to: [null, to] },
    },
    live: changed(marketId, { kind: 'corrected', from, to }),
    jobs: again,
  }),
  /** `again`: jobs of bots that were at one of the bars. To pages it is a correction. */
  'market.bars-removed': ({
    marketId,
    bars,
    from,
    to,
    again,
  }: Market &
    Between & { readonly bars: readonly [number, number]; readonly again: readonly PreparedJob[] }): Effects => ({
    audit: { entity: 'market', entityId: marketId, difference: { bars, from: [from, null], to: [to, null] } },
    live: changed(marketId, { kind: 'corrected', from, to }),
    jobs: again,
  }),
  'instrument.changed': ({
    marketId,
    difference,
  }: Market & { readonly difference: NonNullable<Audited['difference']> }): Effects => ({
    audit: { entity: 'market', entityId: marketId, difference },
    live: changed(marketId, { kind: 'described' }),
  }),
  'market.import-progressed': (payload: {
    readonly importId: string;
    readonly bytes: number;
    readonly bars: number;
  }): Effects => ({
    audit: nothing('the import is audited when its market is there'),
    live: nothing('how far an import is, is of no use later'),
    transient: [{ kind: 'market.import', payload }],
  }),
};
