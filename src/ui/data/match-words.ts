/** Text as a search reads it: in any case, and with or without the marks of its letters. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** The words of a query, as `hasWords` compares them. */
export const wordsOfQuery = (query: string): readonly string[] => plain(query).split(/\s+/).filter(Boolean);

/** Whether each word stands in one of the texts; true without words. */
export function hasWords(words: readonly string[], texts: readonly string[]): boolean {
  if (words.length === 0) return true;
  const all = texts.map(plain);
  return words.every((word) => all.some((text) => text.includes(word)));
}
