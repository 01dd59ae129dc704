'use client';
import { useCallback, useSyncExternalStore } from 'react';

const NAME = 'change';

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

const read = (): string | null => new URLSearchParams(location.hash.slice(1)).get(NAME);

const fragmentOf = (key: string): string => `#${new URLSearchParams({ [NAME]: key }).toString()}`;

interface LinkedChange {
  readonly selected: string | null;
  readonly onSelect: (key: string | null) => void;
  /** The address of this page at that change. */
  readonly linkOf: (key: string) => string;
}

/** The change that the address names. A choice replaces the address: *Back* leaves the page. */
export function useLinkedChange(): LinkedChange {
  const selected = useSyncExternalStore(subscribe, read, () => null);
  const onSelect = useCallback((key: string | null) => {
    const { pathname, search } = location;
    history.replaceState(history.state, '', `${pathname}${search}${key === null ? '' : fragmentOf(key)}`);
    // `replaceState` tells nobody.
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }, []);
  const linkOf = useCallback(
    (key: string) => `${location.origin}${location.pathname}${location.search}${fragmentOf(key)}`,
    [],
  );
  return { selected, onSelect, linkOf };
}
