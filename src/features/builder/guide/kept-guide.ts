const KEY = 'guide';

type Store = Pick<Storage, 'getItem' | 'setItem'>;

/** Whether the guide stands in the builder: from when a person registers until they dismiss the guide. */
export function isGuideOpen(store: Store): boolean {
  try {
    return store.getItem(KEY) === 'open';
  } catch {
    return false;
  }
}

export const openGuide = (store: Store): void => set(store, 'open');
export const dismissGuide = (store: Store): void => set(store, 'dismissed');

function set(store: Store, state: 'open' | 'dismissed'): void {
  try {
    store.setItem(KEY, state);
  } catch {
    // The guide is a comfort.
  }
}
