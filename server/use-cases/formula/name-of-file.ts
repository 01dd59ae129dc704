const LONGEST_NAME = 100;

/** What a formula from this file is called: the file's name without folders and extension. */
export function nameOfFile(fileName: string): string {
  const base = fileName.split(/[\\/]/).at(-1) ?? '';
  const name = base
    .replace(/\.[^.]*$/, '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
    .trim();
  return name === '' ? 'Imported strategy' : name;
}

/** The name, or the first of `name 2`, `name 3` … that nothing else has; case does not tell names apart. */
export function uniqueName(name: string, taken: Iterable<string>): string {
  const known = new Set([...taken].map((other) => other.toLowerCase()));
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? '' : ` ${count}`;
    const candidate = name.slice(0, LONGEST_NAME - suffix.length).trim() + suffix;
    if (!known.has(candidate.toLowerCase())) return candidate;
  }
}
