interface Findable {
  readonly name: string;
  readonly createdBy: string | null;
  readonly tags: readonly string[];
  readonly lastBacktest: { readonly symbol: string } | null;
}

/** Those that have every word of the query in their name, owner, tags or market; `#word` asks for the tags alone. */
export function filterFormulas<Row extends Findable>(rows: readonly Row[], query: string): readonly Row[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter(({ name, createdBy, tags, lastBacktest }) => {
    const own = tags.map((tag) => tag.toLowerCase());
    const texts = [
      name.toLowerCase(),
      createdBy?.toLowerCase() ?? '',
      lastBacktest?.symbol.toLowerCase() ?? '',
      ...own,
    ];
    return words.every((word) =>
      word.startsWith('#') && word.length > 1
        ? own.some((tag) => hyphened(tag).startsWith(word.slice(1)))
        : texts.some((text) => text.includes(word)),
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
