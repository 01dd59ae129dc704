import { check } from '#core/formula/check/check.ts';
import { fromJson, toJson } from '#core/formula/json/json.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { print } from '#core/formula/language/print.ts';
import { EMPTY_FORMULA, type Formula } from '#core/formula/model/formula.ts';
import {
  LONGEST_HISTORY,
  readHistory,
  writeHistory,
  type SaidOrigin,
  type WrittenVersion,
} from '#core/history/history-file.ts';
import type { FormulaId } from '#core/requests/ids.ts';
import { AppError } from '#server/errors.ts';
import { newDocument } from './new-document.ts';

/**
 * Characters of JSON that all versions of a file have together. A file says once what several versions have in common,
 * and the database keeps each: of 3 MB, 5,000 versions of one large strategy would be made 20 GB. What is written into
 * a file has at most half as many.
 */
export const LARGEST_KEPT_HISTORY = 4 * LONGEST_HISTORY;

/** A version as the database has it. */
export interface VersionToWrite extends Omit<WrittenVersion, 'formula'> {
  readonly json: string;
}

/** A strategy with its versions, to be written into a file. */
export interface HistoryToWrite {
  readonly name: string;
  readonly tags: readonly string[];
  readonly origin: SaidOrigin | null;
  /** The oldest first. */
  readonly versions: readonly VersionToWrite[];
  readonly draftJson: string;
  readonly omitted: number;
}

/** A version of a file, in every form in which a version is kept. */
export interface VersionToKeep extends Omit<WrittenVersion, 'formula'> {
  readonly code: string;
  readonly json: string;
  readonly contentHash: string;
  readonly errorCount: number;
  readonly state: Uint8Array;
}

export interface HistoryToKeep {
  readonly name: string;
  readonly tags: readonly string[];
  readonly origin: SaidOrigin | null;
  readonly versions: readonly VersionToKeep[];
  /** The live document. */
  readonly state: Uint8Array;
}

/** The file of a history. TOO_LARGE when the strategy alone does not fit. */
export function fileOfHistory(history: HistoryToWrite): string {
  const { versions, draftJson, ...about } = history;
  const text = writeHistory({
    ...about,
    versions: versions.map(({ json, ...version }) => ({ ...version, formula: formulaOf(json) })),
    draft: formulaOf(draftJson),
  });
  if (text === null)
    throw new AppError(
      'TOO_LARGE',
      'The strategy is too large for a file with its history. Export it as JSON instead.',
    );
  return text;
}

/** The strategy and the versions of a file. FORMULA_INVALID, in words, when it is no history. */
export function historyOfFile({
  formulaId,
  text,
}: {
  readonly formulaId: FormulaId;
  readonly text: string;
}): HistoryToKeep {
  const read = readHistory(text);
  if (!read.ok) throw new AppError('FORMULA_INVALID', read.error);
  const { name, tags, origin, versions, draft } = read.value;
  const kept = new Map<Formula, Pick<VersionToKeep, 'code' | 'json' | 'contentHash' | 'errorCount' | 'state'>>();
  const keep = (formula: Formula) => {
    const known = kept.get(formula) ?? {
      code: print(formula),
      json: toJson(formula),
      contentHash: contentHash(formula),
      errorCount: check(formula).diagnostics.filter(({ severity }) => severity === 'error').length,
      state: newDocument(formulaId, formula, name),
    };
    kept.set(formula, known);
    return known;
  };
  let length = 0;
  const everyVersion = versions.map(({ formula, ...version }) => {
    const one = keep(formula);
    length += one.json.length;
    if (length > LARGEST_KEPT_HISTORY)
      throw new AppError(
        'TOO_LARGE',
        `The ${versions.length.toLocaleString('en')} versions of the file are too large to be kept: together they have more than ${LARGEST_KEPT_HISTORY.toLocaleString('en')} characters. Take the oldest ones out of the file.`,
      );
    return { ...version, ...one };
  });
  return {
    name,
    tags,
    origin,
    versions: everyVersion,
    state: newDocument(formulaId, draft, name),
  };
}

/** What was stored can always be read; what can't is written as empty rather than keeping the rest from its file. */
function formulaOf(json: string): Formula {
  const read = fromJson(JSON.parse(json));
  return read.ok ? read.value : EMPTY_FORMULA;
}
