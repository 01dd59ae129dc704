import { keysOf } from './kept-texts.ts';

/** How the browser looks, whoever sits at it. */
export const LOOKS = ['theme', 'tones', 'navigation', 'chart-scale'] as const;
export type Look = (typeof LOOKS)[number];
/** The sizes of panes. */
const SIZES = 'react-resizable-panels:';

const isLook = (key: string): boolean => LOOKS.some((look) => look === key) || key.startsWith(SIZES);

/**
 * Forgets everything in a storage but looks: the next person at this browser is not to see it. A key that somebody adds
 * is a person's until it is listed here.
 */
export function forgetPerson(storage: Pick<Storage, 'key' | 'length' | 'removeItem'>): void {
  for (const key of keysOf(storage).filter((each) => !isLook(each))) storage.removeItem(key);
}
