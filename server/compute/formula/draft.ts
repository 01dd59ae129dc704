import * as Y from 'yjs';
import { check } from '#core/formula/check/check.ts';
import { toJson } from '#core/formula/json/json.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { print } from '#core/formula/language/print.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { readFormula } from './read-stored.ts';

/** A formula in every form in which a version keeps it. */
export interface Draft {
  readonly code: string;
  /** Canonical JSON. */
  readonly json: string;
  readonly contentHash: string;
  /** What keeps it from running; a version may be saved all the same. */
  readonly errors: readonly Diagnostic[];
  /** The document, as one update. */
  readonly state: Uint8Array;
}

/** What a document in memory says. */
export function draftIn(doc: Y.Doc): { readonly draft: Draft; readonly formula: Formula } {
  const formula = readFormula(doc);
  const state = Y.encodeStateAsUpdate(doc);
  const errors = check(formula).diagnostics.filter(({ severity }) => severity === 'error');
  return {
    formula,
    draft: { code: print(formula), json: toJson(formula), contentHash: contentHash(formula), errors, state },
  };
}
