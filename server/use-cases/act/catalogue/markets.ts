import type { StoredEvent } from '#server/live/event.ts';
import { nothing, type Effects } from '../effects.ts';

interface Market {
  readonly marketId: string;
  readonly symbol: string;
}

const changed = (marketId: string): readonly StoredEvent[] => [{ kind: 'market.changed', payload: { marketId } }];

export const MARKET_EVENTS = {
  'market.imported': ({ marketId, symbol }: Market): Effects => ({
    audit: { entity: 'market', entityId: marketId, difference: { symbol: [null, symbol] } },
    live: changed(marketId),
  }),
  'market.removed': ({ marketId, symbol }: Market): Effects => ({
    audit: { entity: 'market', entityId: marketId, difference: { symbol: [symbol, null] } },
    live: changed(marketId),
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
