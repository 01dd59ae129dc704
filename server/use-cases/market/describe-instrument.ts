import type { InstrumentExtra, InstrumentKind, Session } from '#core/market/instrument.ts';
import type { MarketId } from '#core/requests/ids.ts';
import { findInstrument, findMarket, updateInstrument } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';

/** What is left out stays as it is. */
export interface InstrumentChange {
  /** One of its markets. */
  readonly marketId: MarketId;
  readonly name?: string | undefined;
  readonly kind?: InstrumentKind | undefined;
  readonly venue?: string | undefined;
  /** The smallest step of a price, and of an order's units. */
  readonly tick?: number | undefined;
  readonly lot?: number | undefined;
  /** IANA name. */
  readonly timeZone?: string | undefined;
  readonly session?: Session | undefined;
  /** What nobody says any more. */
  readonly forgets?: readonly InstrumentExtra[] | undefined;
}

/** Says what is traded, for all markets of the instrument. */
export function describeInstrument(
  caller: Caller,
  { marketId, forgets = [], ...wanted }: InstrumentChange,
): Promise<void> {
  return act(caller, 'market.manage', async ({ tx, principal: { orgId }, happened, nothingHappened }) => {
    const market = await findMarket(tx, orgId, marketId);
    const instrument = market && (await findInstrument(tx, orgId, market.symbol));
    if (!instrument) throw new AppError('NOT_FOUND', 'There is no such market.');
    const { name, kind, venue, tick, lot, timeZone, session } = {
      ...instrument,
      ...given(wanted),
      ...Object.fromEntries(forgets.map((extra) => [extra, null] as const)),
    };
    const next = { name, kind, venue, tick, lot, timeZone, session };
    const before: Readonly<Record<string, unknown>> = instrument;
    const difference = Object.fromEntries(
      Object.entries(next)
        .filter(([key, value]) => JSON.stringify(before[key]) !== JSON.stringify(value))
        .map(([key, value]) => [key, [before[key], value] as const]),
    );
    if (Object.keys(difference).length === 0) return nothingHappened();
    await updateInstrument(tx, instrument, next);
    happened('instrument.changed', { marketId, symbol: instrument.symbol, difference });
  });
}

/** Without what is undefined, which is left out. */
function given<T extends object>(change: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
