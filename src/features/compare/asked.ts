/** One of the two that are compared: a version by its id, or the draft as it is now. */
export type AskedSide =
  | { readonly kind: 'draft'; readonly formulaId: string }
  | { readonly kind: 'version'; readonly formulaId: string; readonly versionId: string };

export interface Asked {
  readonly from: AskedSide;
  readonly to: AskedSide;
}

export const DRAFT = 'draft';

export const valueOf = (side: AskedSide): string => (side.kind === 'draft' ? DRAFT : side.versionId);

export const sideFrom = (formulaId: string, value: string): AskedSide =>
  value === DRAFT ? { kind: 'draft', formulaId } : { kind: 'version', formulaId, versionId: value };

/**
 * What an address asks for: `?from=…&to=…&other=…`, where `other` is the strategy of the second side. Null where the
 * first side is left out.
 */
export function readAsked(formulaId: string, query: Pick<URLSearchParams, 'get'>): Asked | null {
  const [from, to, other] = [query.get('from'), query.get('to'), query.get('other')];
  return from === null ? null : { from: sideFrom(formulaId, from), to: sideFrom(other ?? formulaId, to ?? DRAFT) };
}

/** The address of a comparison. */
export function addressOf({ from, to }: Asked): string {
  const query = new URLSearchParams({ from: valueOf(from), to: valueOf(to) });
  if (to.formulaId !== from.formulaId) query.set('other', to.formulaId);
  return `/formulas/${from.formulaId}/compare?${query.toString()}`;
}
