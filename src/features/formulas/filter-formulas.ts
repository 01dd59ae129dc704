import { hasWords, wordsOfQuery } from '#ui/data/match-words.ts';

interface Findable {
  readonly name: string;
  readonly createdBy: string | null;
  readonly tags: readonly string[];
  readonly lastBacktest: { readonly symbol: string } | null;
}

/** Those that have every word of the query in their name, owner, tags or market; `#word` asks for the tags alone. */
export function filterFormulas<Row extends Findable>(rows: readonly Row[], query: string): readonly Row[] {
  const all = wordsOfQuery(query);
  const asksForTag = (word: string): boolean => word.startsWith('#') && word.length > 1;
  const words = all.filter((word) => !asksForTag(word));
  const wanted = all.filter(asksForTag).map((word) => word.slice(1));
  if (all.length === 0) return rows;
  return rows.filter(({ name, createdBy, tags, lastBacktest }) => {
    const own = tags.map((tag) => hyphened(wordsOfQuery(tag).join(' ')));
    return (
      wanted.every((word) => own.some((tag) => tag.startsWith(word))) &&
      hasWords(words, [name, createdBy ?? '', lastBacktest?.symbol ?? '', ...tags])
    );
  });
}

/** The tag as a word of a search: a tag may have spaces. */
export const tagWord = (tag: string): string => `#${hyphened(tag.toLowerCase())}`;

const hyphened = (tag: string): string => tag.replaceAll(/\s+/g, '-');

/** Tags as a person types them, between commas: each once, without the sign. */
export const tagsOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim().replace(/^#/, '').trim())
      .filter((tag) => tag !== ''),
  ),
];
