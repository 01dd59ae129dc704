import { fromJson } from '#core/formula/json/json.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { field, isObject, listIn, textIn, timeIn, wholeIn, wordsIn, Wrong } from './read-fields.ts';

/** The name of the format, with its version: a reader refuses a version that it does not know. */
export const HISTORY_FORMAT = 'alphaloom/history@1';

/** UTF-16 units of a file. */
export const LONGEST_HISTORY = 3_000_000;
export const MOST_VERSIONS_OF_FILE = 5_000;
const LONGEST_NAME = 100;
const LONGEST_MESSAGE = 500;
const MOST_TAGS_OF_FILE = 12;

/** Of a branch: what it was made of, in words. It names no formula of anybody. */
export interface SaidOrigin {
  readonly name: string;
  readonly version: number;
  readonly contentHash: string;
}

/** A version as a file tells it: the author is a text, and nobody's account. */
export interface WrittenVersion {
  readonly number: number;
  readonly name: string;
  readonly message: string;
  readonly author: string;
  /** UTC milliseconds. */
  readonly at: number;
  readonly tags: readonly string[];
  readonly formula: Formula;
}

/** A strategy with its versions, the oldest first. */
export interface History {
  readonly name: string;
  readonly tags: readonly string[];
  readonly origin: SaidOrigin | null;
  readonly versions: readonly WrittenVersion[];
  /** What it says now. */
  readonly draft: Formula;
  /** How many older versions did not fit into the file. */
  readonly omitted: number;
}

/**
 * A history as one text, of at most `LONGEST_HISTORY` UTF-16 units: of a longer one the oldest versions are left out,
 * and counted. Formulas that several versions have in common are written once. Null when the draft alone is longer.
 */
export function writeHistory(history: History): string | null {
  const draft = JSON.stringify(history.draft);
  let room = LONGEST_HISTORY - draft.length - 2_000;
  const formulas = new Map([[draft, 0]]);
  const kept: WrittenVersion[] = [];
  const versions: object[] = [];
  for (const version of history.versions.toReversed()) {
    const json = JSON.stringify(version.formula);
    const place = formulas.get(json) ?? formulas.size;
    const { formula, at, ...said } = version;
    const row = { ...said, at: new Date(at).toISOString(), contentHash: contentHash(formula), formula: place };
    room -= JSON.stringify(row).length + 1 + (formulas.has(json) ? 0 : json.length + 1);
    if (room < 0 || kept.length === MOST_VERSIONS_OF_FILE) break;
    formulas.set(json, place);
    kept.push(version);
    versions.unshift(row);
  }
  const { name, tags, origin } = history;
  const omitted = history.omitted + history.versions.length - kept.length;
  const head = JSON.stringify({
    format: HISTORY_FORMAT,
    name,
    tags,
    ...(origin ? { origin } : {}),
    ...(omitted > 0 ? { omitted } : {}),
    draft: 0,
  });
  const rows = versions.map((row) => JSON.stringify(row)).join(',\n');
  const texts = [...formulas.keys()].join(',\n');
  const text = `${head.slice(0, -1)},\n"versions":[\n${rows}],\n"formulas":[\n${texts}]}\n`;
  return text.length > LONGEST_HISTORY ? null : text;
}

/** Reads what `writeHistory` has written; for whatever else, one sentence for a person. Never throws. */
export function readHistory(text: string): Result<History, string> {
  if (text.length > LONGEST_HISTORY)
    return err(`The file is longer than ${LONGEST_HISTORY.toLocaleString('en')} characters.`);
  let read: unknown;
  try {
    // Editors put a mark of order in front.
    read = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return err('The file is no JSON. A history is a .json file that Alphaloom has written.');
  }
  try {
    return ok(historyOf(read));
  } catch (error) {
    if (error instanceof Wrong) return err(error.message);
    throw error;
  }
}

function historyOf(read: unknown): History {
  if (!isObject(read)) throw new Wrong('The file is no history of a strategy.');
  const format = field(read, 'format');
  if (format !== HISTORY_FORMAT)
    throw new Wrong(
      typeof format === 'string' && format.startsWith('alphaloom/history@')
        ? `The file is of a newer format than this Alphaloom knows (${HISTORY_FORMAT}). Update Alphaloom, or export the file from an older one.`
        : `The file is no history of a strategy: it does not say "format": "${HISTORY_FORMAT}".`,
    );
  const formulas = new Formulas(listIn(read, 'formulas', 'the file', MOST_VERSIONS_OF_FILE + 1));
  const versions = listIn(read, 'versions', 'the file', MOST_VERSIONS_OF_FILE).map((row, place) =>
    versionOf(row, `version ${place + 1} of the file`, formulas),
  );
  versions.forEach(({ number }, place) => {
    if (number <= (versions[place - 1]?.number ?? 0))
      throw new Wrong(`The versions of the file are not in their order at number ${number}.`);
  });
  const name = textIn(read, 'name', 'the file', LONGEST_NAME).trim();
  if (name === '') throw new Wrong('The strategy in the file has no name.');
  const origin = field(read, 'origin');
  return {
    name,
    tags: wordsIn(read, 'tags', 'the file', MOST_TAGS_OF_FILE),
    origin: origin === undefined ? null : originOf(origin),
    versions,
    draft: formulas.at(wholeIn(read, 'draft', 'the file'), 'the draft').formula,
    omitted: field(read, 'omitted') === undefined ? 0 : wholeIn(read, 'omitted', 'the file'),
  };
}

function versionOf(row: unknown, where: string, formulas: Formulas): WrittenVersion {
  if (!isObject(row)) throw new Wrong(`What stands for ${where} is no version.`);
  const { formula, hash } = formulas.at(wholeIn(row, 'formula', where), where);
  if (textIn(row, 'contentHash', where, LONGEST_NAME) !== hash)
    throw new Wrong(
      `The strategy of ${where} is not the one that was saved: its hash is another. The file was changed.`,
    );
  return {
    number: wholeIn(row, 'number', where),
    name: textIn(row, 'name', where, LONGEST_NAME),
    message: textIn(row, 'message', where, LONGEST_MESSAGE),
    author: textIn(row, 'author', where, LONGEST_NAME),
    at: timeIn(row, 'at', where),
    tags: wordsIn(row, 'tags', where, MOST_TAGS_OF_FILE),
    formula,
  };
}

function originOf(value: unknown): SaidOrigin {
  if (!isObject(value)) throw new Wrong('The origin in the file is none.');
  return {
    name: textIn(value, 'name', 'the origin', LONGEST_NAME),
    version: wholeIn(value, 'version', 'the origin'),
    contentHash: textIn(value, 'contentHash', 'the origin', LONGEST_NAME),
  };
}

interface Read {
  readonly formula: Formula;
  readonly hash: string;
}

/** Each is read when the first version asks for it. */
class Formulas {
  readonly #values: readonly unknown[];
  readonly #read = new Map<number, Read>();

  constructor(values: readonly unknown[]) {
    this.#values = values;
  }

  at(place: number, where: string): Read {
    const known = this.#read.get(place);
    if (known) return known;
    if (place >= this.#values.length) throw new Wrong(`The strategy of ${where} is not in the file.`);
    const read = fromJson(this.#values[place]);
    if (!read.ok)
      throw new Wrong(`The strategy of ${where} can't be read: ${read.error[0]?.message ?? 'it is no strategy'}`);
    const one = { formula: read.value, hash: contentHash(read.value) };
    this.#read.set(place, one);
    return one;
  }
}
