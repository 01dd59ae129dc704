/** Nobody's account: keys of what a stranger's browser keeps. */
export const STRANGER = 'stranger';

const KEY = 'sandbox';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The strategy that a stranger has changed in this browser, as text of JSON; null when there is none. */
export function readSandbox(store: Store): string | null {
  try {
    return store.getItem(KEY);
  } catch {
    return null;
  }
}

/** False where the browser keeps nothing. */
export function keepSandbox(store: Store, text: string): boolean {
  try {
    store.setItem(KEY, text);
    return true;
  } catch {
    return false;
  }
}

export function forgetSandbox(store: Store): void {
  try {
    store.removeItem(KEY);
  } catch {
    // What cannot be removed was never kept.
  }
}
