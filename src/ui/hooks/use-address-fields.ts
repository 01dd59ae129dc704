'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { createEmitter } from '#core/emitter/emitter.ts';

const changed = createEmitter<void>();
const subscribe = (listener: () => void): (() => void) => {
  const unsubscribe = changed.subscribe(listener);
  window.addEventListener('popstate', listener);
  return () => {
    unsubscribe();
    window.removeEventListener('popstate', listener);
  };
};

/** The fields as an address has them; what an address does not name is as in `empty`. */
export function fieldsOf<Key extends string>(
  search: string,
  empty: Readonly<Record<Key, string>>,
): Record<Key, string> {
  const parameters = new URLSearchParams(search);
  const fields: Record<Key, string> = { ...empty };
  for (const key in empty) fields[key] = parameters.get(key) ?? empty[key];
  return fields;
}

/** The address with these fields; what is as in `empty` is left out, and what else stands there stays. */
export function withFields<Key extends string>(
  search: string,
  empty: Readonly<Record<Key, string>>,
  fields: Readonly<Record<Key, string>>,
): string {
  const parameters = new URLSearchParams(search);
  for (const key in empty) {
    if (fields[key] === empty[key]) parameters.delete(key);
    else parameters.set(key, fields[key]);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/**
 * What somebody looks for in a list, kept in the address of the list: it is there again after the way back, after a
 * reload, and for whoever gets the link. `empty` keeps its identity.
 */
export function useAddressFields<Key extends string>(
  path: string,
  empty: Readonly<Record<Key, string>>,
): readonly [Readonly<Record<Key, string>>, (fields: Readonly<Record<Key, string>>) => void] {
  // While a page comes up, the address may still be that of the page before.
  const read = useCallback(() => (location.pathname === path ? location.search : ''), [path]);
  const search = useSyncExternalStore(subscribe, read, () => '');
  const fields = useMemo(() => fieldsOf(search, empty), [search, empty]);
  const set = useCallback(
    (next: Readonly<Record<Key, string>>) => {
      history.replaceState(null, '', `${location.pathname}${withFields(location.search, empty, next)}${location.hash}`);
      changed.emit();
    },
    [empty],
  );
  return [fields, set];
}
