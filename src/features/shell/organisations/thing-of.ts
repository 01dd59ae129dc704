const THING = /^\/(formulas|backtests|sweeps|reviews)\/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?:\/|$)/i;
const KINDS = ['formulas', 'backtests', 'sweeps', 'reviews'] as const;

/** The thing that an address is about; null where it is about none. */
export function thingOf(pathname: string): { readonly kind: (typeof KINDS)[number]; readonly id: string } | null {
  const [, word, id] = THING.exec(pathname) ?? [];
  const kind = KINDS.find((one) => one === word);
  return kind === undefined || id === undefined ? null : { kind, id };
}
