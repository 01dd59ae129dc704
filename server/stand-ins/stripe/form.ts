/** What a form or a query says: texts, lists and objects of these. */
export type Field = string | Fields | readonly Field[];
export interface Fields {
  readonly [name: string]: Field | undefined;
}

type Growing = Map<string, Growing | string>;

/** Reads `items[0][price]=…` as Stripe does. Places that are numbers alone become a list. */
export function readForm(text: string): Fields {
  const root: Growing = new Map();
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [...name.matchAll(/[^[\]]+/g)].map(([part]) => part);
    let at = root;
    for (const part of path.slice(0, -1)) {
      const next = at.get(part);
      const inside: Growing = next instanceof Map ? next : new Map();
      at.set(part, inside);
      at = inside;
    }
    // `expand[]=…` names no place.
    const last = name.endsWith('[]') ? null : path.at(-1);
    if (last !== null && last !== undefined) at.set(last, value);
    else if (path.length > 0) {
      const list = at.get(path.at(-1) ?? '');
      const inside: Growing = list instanceof Map ? list : new Map();
      inside.set(String(inside.size), value);
      at.set(path.at(-1) ?? '', inside);
    }
  }
  return finish(root) as Fields;
}

function finish(value: Growing | string): Field {
  if (typeof value === 'string') return value;
  const isList = value.size > 0 && [...value.keys()].every((key) => /^\d+$/.test(key));
  if (isList) return [...value.values()].map(finish);
  return Object.fromEntries([...value].map(([key, inside]) => [key, finish(inside)]));
}

export const textOf = (field: Field | undefined): string | undefined =>
  typeof field === 'string' && field !== '' ? field : undefined;
export const numberOf = (field: Field | undefined): number | undefined => {
  const value = Number(textOf(field) ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
};
export const fieldsOf = (field: Field | undefined): Fields =>
  typeof field === 'object' && !Array.isArray(field) ? (field as Fields) : {};
export const listOf = (field: Field | undefined): readonly Field[] =>
  Array.isArray(field) ? (field as readonly Field[]) : [];
