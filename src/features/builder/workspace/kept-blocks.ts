/** What a person does with the list of blocks, in whichever formula. */
export interface BlockHabits {
  /** Names of blocks, the last used first. */
  readonly recent: readonly string[];
  readonly favourites: readonly string[];
  /** Groups of the palette that are closed. */
  readonly folded: readonly string[];
}

type Store = Pick<Storage, 'getItem' | 'setItem'>;

const keyOf = (userId: string): string => `blocks:${userId}`;
const MOST_RECENT = 12;

/** What was kept, each part of it checked: anybody can write into a browser's storage. */
export function readHabits(store: Store, userId: string): BlockHabits {
  const kept = parsed(store.getItem(keyOf(userId)));
  const names = (key: keyof BlockHabits): readonly string[] => {
    const value = kept[key];
    return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
  };
  return { recent: names('recent'), favourites: names('favourites'), folded: names('folded') };
}

/** Full or forbidden storage keeps nothing: the habits are a comfort. */
export function keepHabits(store: Store, userId: string, habits: BlockHabits): void {
  try {
    store.setItem(keyOf(userId), JSON.stringify(habits));
  } catch {
    // The palette works without.
  }
}

export const withUsed = (habits: BlockHabits, name: string): BlockHabits => ({
  ...habits,
  recent: [name, ...habits.recent.filter((other) => other !== name)].slice(0, MOST_RECENT),
});

/** The name in the list, or not in the list any more. */
export const toggled = (habits: BlockHabits, list: 'favourites' | 'folded', name: string): BlockHabits => ({
  ...habits,
  [list]: habits[list].includes(name) ? habits[list].filter((other) => other !== name) : [...habits[list], name],
});

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
