import type { NodeId } from './formula.ts';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const LENGTH = 10;

/** A fresh id: 51 bits, so that two people who add nodes at once never meet. `random` gives numbers in [0, 1). */
export function newNodeId(random: () => number): NodeId {
  let id = '';
  for (let i = 0; i < LENGTH; i += 1) id += ALPHABET[Math.floor(random() * ALPHABET.length)] ?? '0';
  return id;
}
