import type { NodeId } from './formula.ts';

/**
 * What ids look like. They are parts of keys elsewhere, and joined where functions are written out; and of keys that
 * are whole numbers, objects do not keep the order.
 */
export const NODE_ID = /^(?!__proto__$)(?!\d+$)[A-Za-z0-9_-]{1,64}$/;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const ALPHABET = `0123456789${LETTERS}`;
const LENGTH = 10;

/**
 * A fresh id: 51 bits, so that two people who add nodes at once never meet. `random` gives numbers in [0, 1). It begins
 * with a letter, since objects, and so formulas, do not keep the order of keys that are whole numbers.
 */
export function newNodeId(random: () => number): NodeId {
  let id = pick(LETTERS, random);
  while (id.length < LENGTH) id += pick(ALPHABET, random);
  return id;
}

const pick = (letters: string, random: () => number): string => letters.charAt(Math.floor(random() * letters.length));
