import type * as Y from 'yjs';
import { writeEdits } from '#collab/write-edits.ts';
import { fromJson } from '#core/formula/json/json.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { keysOf } from '#core/merge/change-keys.ts';
import { merge, type Merge } from '#core/merge/merge.ts';
import { AppError } from '#server/errors.ts';
import type { StoredUpdates } from './change-document.ts';
import { draftIn, type Draft } from './draft.ts';
import { readStored } from './read-stored.ts';

/** Changes from one formula to another, to be taken into a live document. Formulas are JSON texts. */
export interface Merging extends StoredUpdates {
  readonly base: string;
  readonly theirs: string;
  /** The changes to take, by their keys; or all that nothing stands against. */
  readonly chosen: readonly string[] | 'peaceful';
  /** The changes of the document that may give way, by their keys. */
  readonly undone: readonly string[];
}

export interface MergedDraft {
  readonly type: 'merged';
  readonly before: Draft;
  readonly after: Draft;
  /** What makes the document say what the merge says. */
  readonly changes: readonly Uint8Array[];
  /** What was taken, and what was left, in sentences. */
  readonly taken: readonly string[];
  readonly left: readonly string[];
}

/** `moved`: the document is no more as somebody saw it, so that what was chosen would do something else. */
export type MergeOutcome = MergedDraft | { readonly type: 'moved'; readonly sentences: readonly string[] };

/** What comes of it when these changes are taken into the document as it is. */
export function mergeDraft({ updates, base, theirs, chosen, undone }: Merging): MergeOutcome {
  const doc = readStored({ updates });
  const { draft: before, formula } = draftIn(doc);
  const merging = merge(formulaOf(base), formula, formulaOf(theirs));
  const outcome = chosenOf(merging, chosen);
  const result = outcome.lost ? null : merging.take(outcome.places);
  const gives = result && result.undone.flatMap((place) => merging.ours[place] ?? []);
  const keys = keysOf(merging.ours);
  const unseen = result?.undone.filter((place) => !undone.includes(keys[place] ?? '')) ?? [];
  if (!result || !gives || unseen.length > 0 || result.missing.length > 0) {
    doc.destroy();
    const concerned = [
      ...unseen.flatMap((place) => merging.ours[place]?.sentences ?? []),
      ...(result?.missing.flatMap(({ change }) => merging.theirs[change]?.sentences ?? []) ?? []),
    ];
    return { type: 'moved', sentences: concerned.slice(0, TOLD) };
  }
  const changes = changesOf(doc, () => writeEdits(doc, result.edits, null));
  const { draft: after } = draftIn(doc);
  doc.destroy();
  const said = (isTaken: boolean): string[] =>
    merging.theirs.flatMap(({ sentences, isShared }, place) =>
      !isShared && outcome.places.has(place) === isTaken ? sentences : [],
    );
  return { type: 'merged', before, after, changes, taken: said(true), left: said(false) };
}

/** Of sentences, as many are told as anybody reads. */
const TOLD = 20;

function changesOf(doc: Y.Doc, write: () => void): readonly Uint8Array[] {
  const changes: Uint8Array[] = [];
  doc.on('update', (bytes: Uint8Array) => changes.push(bytes));
  write();
  return changes;
}

interface Chosen {
  readonly places: ReadonlySet<number>;
  /** Whether one of them is not there any more. */
  readonly lost: boolean;
}

function chosenOf({ theirs }: Merge, chosen: Merging['chosen']): Chosen {
  if (chosen === 'peaceful')
    return {
      places: withoutMissing(
        theirs,
        new Set(theirs.flatMap(({ conflicts }, place) => (conflicts.length === 0 ? [place] : []))),
      ),
      lost: false,
    };
  const places = new Map(keysOf(theirs).map((key, place) => [key, place]));
  const found = chosen.flatMap((key) => places.get(key) ?? []);
  return { places: new Set(found), lost: found.length < new Set(chosen).size };
}

/** Those of which all that they need is among them. */
function withoutMissing(theirs: Merge['theirs'], places: ReadonlySet<number>): ReadonlySet<number> {
  const kept = [...places].filter((place) => theirs[place]?.needs.every((need) => places.has(need)));
  return kept.length === places.size ? places : withoutMissing(theirs, new Set(kept));
}

function formulaOf(json: string): Formula {
  const read = fromJson(JSON.parse(json));
  if (read.ok) return read.value;
  throw new AppError('FORMULA_INVALID', `A version can't be read: ${read.error[0]?.message ?? 'it has errors'}`);
}
