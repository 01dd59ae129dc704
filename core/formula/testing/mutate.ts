/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TOKENS = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '=',
  '==',
  '"',
  "'",
  '\\',
  '\n',
  '#',
  '%',
  '..',
  '.',
  '-',
  '^',
  'and',
  'or',
  'not',
  'input ',
  ' in ',
  ' of ',
  'step',
  'na',
  '_',
  'true',
  'null',
  '1e999',
  '0',
  '-0',
  'close',
  'sma(',
  'buy(when: ',
  '__proto__',
  'constructor',
  '"from"',
  '"block"',
  '\ud83d\ude00',
  '\u0000',
  '\ufeff',
  '&&',
  '!',
  ';',
];
const MOST_COPIES = 200;

/** A text that is a little, or much, unlike another: pieces cut, doubled, moved, swapped, letters and words put in. */
export function mutate(text: string, random: () => number): string {
  let result = text;
  const below = (bound: number) => Math.floor(random() * bound);
  for (let steps = 1 + below(4); steps > 0; steps -= 1) {
    const [a, b] = [below(result.length + 1), below(result.length + 1)].sort((x, y) => x - y);
    const [from, to] = [a ?? 0, Math.min(b ?? 0, (a ?? 0) + 1 + below(40))];
    const piece = result.slice(from, to);
    const insert =
      [
        '',
        piece + piece,
        piece.repeat(below(MOST_COPIES)),
        TOKENS[below(TOKENS.length)] ?? '',
        (TOKENS[below(TOKENS.length)] ?? '').repeat(below(MOST_COPIES)),
        String.fromCharCode(below(0x250)),
        [...piece].reverse().join(''),
        result.slice(below(result.length), below(result.length)),
      ][below(8)] ?? '';
    result = result.slice(0, from) + insert + result.slice(to);
  }
  return result;
}
