/** What is wrong with a file, in one sentence for a person. Thrown and caught inside this folder alone. */
export class Wrong extends Error {}

type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is written under a name; never what every object has. */
export const field = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

/** Postgres holds no NUL, and UTF-8 no half of a surrogate pair. */
const isStorable = (value: string): boolean => !value.includes('\0') && value.isWellFormed();

export function textIn(fields: Fields, name: string, where: string, longest: number): string {
  const value = field(fields, name);
  if (typeof value !== 'string') throw new Wrong(`"${name}" of ${where} is no text.`);
  if (value.length > longest) throw new Wrong(`"${name}" of ${where} is longer than ${longest} characters.`);
  if (!isStorable(value)) throw new Wrong(`"${name}" of ${where} has characters that can't be kept.`);
  return value;
}

export function listIn(fields: Fields, name: string, where: string, most: number): readonly unknown[] {
  const value = field(fields, name);
  if (!Array.isArray(value)) throw new Wrong(`"${name}" of ${where} is no list.`);
  if (value.length > most) throw new Wrong(`"${name}" of ${where} has more than ${most.toLocaleString('en')} entries.`);
  return value;
}

/** Words, each once and not empty. */
export function wordsIn(fields: Fields, name: string, where: string, most: number): readonly string[] {
  const words = listIn(fields, name, where, most).map((_word, place, all) =>
    textOf(all[place], `"${name}" of ${where}`),
  );
  return [...new Set(words)];
}

function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string' || value.trim() === '' || value.length > 100 || !isStorable(value))
    throw new Wrong(`${what} has what is no word of at most 100 characters.`);
  return value.trim();
}

/** A number of things or a place: 0 or more. */
export function wholeIn(fields: Fields, name: string, where: string): number {
  const value = field(fields, name);
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 1e9)
    throw new Wrong(`"${name}" of ${where} is no whole number.`);
  return value;
}

/** UTC milliseconds of a time in ISO 8601, of years with four digits. */
export function timeIn(fields: Fields, name: string, where: string): number {
  const at = Date.parse(textIn(fields, name, where, 40));
  if (!(at >= Date.UTC(1000, 0, 1) && at <= Date.UTC(9999, 11, 31)))
    throw new Wrong(`"${name}" of ${where} is no time.`);
  return at;
}
