import type { InstrumentKind } from '#core/market/instrument.ts';

export const KIND_NAMES: Readonly<Record<InstrumentKind, string>> = {
  share: 'Share',
  fund: 'Fund',
  index: 'Index',
  currency: 'Currency pair',
  crypto: 'Crypto',
  future: 'Future',
  other: 'Other',
};

/** The first is Monday. */
export const DAY_NAMES: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
