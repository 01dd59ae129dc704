import type { About } from '#core/comment/anchor.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { checkInputs } from '#core/engine/plan/inputs.ts';
import { rememberedBars } from '#core/engine/stream/bar-runner.ts';
import { estimateRun, type Estimate, type EstimateRequest } from '#core/engine/sweep/estimate.ts';
import type { Inputs } from '#core/engine/sweep/space.ts';
import { check } from '#core/formula/check/check.ts';
import { fromJson } from '#core/formula/json/json.ts';
import { EMPTY_FORMULA, type Formula } from '#core/formula/model/formula.ts';
import { planOf, type BotProgram } from '../bot/checkpoint.ts';
import {
  compact,
  nodeIn,
  rebase,
  restore,
  type Compacted,
  type Rebased,
  type Rebasing,
  type Restored,
  type Restoring,
  type StoredUpdates,
} from './change-document.ts';
import { changesIn, type Compared, type ToldChange } from './changes-in.ts';
import { compareResults, type ComparedResults, type TwoResults } from './compare-results.ts';
import { draftIn, type Draft } from './draft.ts';
import { fileOfHistory, historyOfFile, type HistoryToKeep, type HistoryToWrite } from './histories.ts';
import {
  documentOfDocument,
  documentOfFile,
  documentOfText,
  type Copied,
  type ReadFile,
  type Written,
} from './make-document.ts';
import {
  isSound,
  mend,
  readableIn,
  type Mended,
  type Mending,
  type Readable,
  type StoredParts,
} from './mend-document.ts';
import { mergeDraft, type MergeOutcome, type Merging } from './merge-draft.ts';
import { readStored } from './read-stored.ts';

type Costs = Omit<EstimateRequest, 'formula'>;

/** A document of which a run is wanted. */
interface Wanted extends StoredUpdates {
  /** Each is looked at by itself. */
  readonly inputs: readonly Inputs[];
  readonly costs: Costs;
  /** Whether to say what the formula looks back over that the bars do not reach. */
  readonly warn: boolean;
}

export interface Runnable {
  readonly draft: Draft;
  /** Why the inputs can't be used; null when they can, or when the draft has errors. */
  readonly wrong: string | null;
  readonly warnings: readonly string[];
  readonly estimate: Estimate;
}

export interface BotSize {
  readonly warmUp: number;
  /** Bars that its indicators look back over, all together. */
  readonly remembered: number;
}

/** What is asked of a formula, and what it is asked with. */
export interface FormulaTasks {
  readonly draft: { readonly task: StoredUpdates; readonly done: Draft };
  /** Documents that are to be. Each throws FORMULA_INVALID, in words, for what can't be one. */
  readonly ofText: { readonly task: Written; readonly done: Uint8Array };
  readonly ofFile: { readonly task: Written; readonly done: ReadFile };
  readonly copy: { readonly task: Copied; readonly done: Uint8Array };
  readonly restore: { readonly task: Restoring; readonly done: Restored };
  readonly merge: { readonly task: Merging; readonly done: MergeOutcome };
  readonly toHistory: { readonly task: HistoryToWrite; readonly done: string };
  readonly ofHistory: { readonly task: Parameters<typeof historyOfFile>[0]; readonly done: HistoryToKeep };
  readonly compact: { readonly task: StoredUpdates; readonly done: Compacted };
  readonly rebase: { readonly task: Rebasing; readonly done: Rebased };
  readonly node: { readonly task: Parameters<typeof nodeIn>[0]; readonly done: About | null };
  readonly readable: { readonly task: StoredParts; readonly done: Readable | null };
  readonly mend: { readonly task: Mending; readonly done: Mended | null };
  readonly isSound: { readonly task: { readonly json: string }; readonly done: boolean };
  readonly runnable: { readonly task: Wanted; readonly done: Runnable };
  readonly cost: { readonly task: { readonly json: string; readonly costs: Costs }; readonly done: Estimate };
  /** What a version changes of the one before it, in sentences. */
  readonly changes: { readonly task: Compared; readonly done: readonly ToldChange[] };
  /** What two strategies did differently: no formula, but as long, of the longest runs. */
  readonly behaviour: { readonly task: TwoResults; readonly done: ComparedResults | null };
  /** The symbols that a formula reads as feeds; none when it can't run. */
  readonly feeds: { readonly task: { readonly json: string }; readonly done: readonly string[] };
  /** A bot's formula, compiled. Throws FORMULA_INVALID, in words, when it can't run. */
  readonly bot: { readonly task: BotProgram; readonly done: BotSize };
}

export type FormulaTaskKind = keyof FormulaTasks;

type Of<Kind extends FormulaTaskKind> = (task: FormulaTasks[Kind]['task']) => FormulaTasks[Kind]['done'];

/** Pure. Of the largest formula each takes up to half a second. */
export const FORMULA_TASKS: { readonly [Kind in FormulaTaskKind]: Of<Kind> } = {
  draft: (task) => draftOf(task).draft,
  ofText: documentOfText,
  ofFile: documentOfFile,
  copy: documentOfDocument,
  restore,
  merge: mergeDraft,
  toHistory: fileOfHistory,
  ofHistory: historyOfFile,
  compact,
  rebase,
  node: nodeIn,
  readable: readableIn,
  mend,
  isSound,
  runnable: ({ updates, inputs, costs, warn }) => {
    const { draft, formula } = draftOf({ updates });
    if (draft.errors.length > 0) return { draft, wrong: null, warnings: [], estimate: { time: 0, bytes: 0 } };
    const [first = {}] = inputs;
    return {
      draft,
      wrong: inputs.flatMap((one) => checkInputs(formula, one))[0]?.message ?? null,
      warnings: warn ? tooFewBars(formula, first, costs.bars) : [],
      estimate: estimateRun({ ...costs, formula }),
    };
  },
  cost: ({ json, costs }) => {
    const read = fromJson(JSON.parse(json));
    return estimateRun({ ...costs, formula: read.ok ? read.value : EMPTY_FORMULA });
  },
  changes: changesIn,
  behaviour: compareResults,
  feeds: ({ json }) => {
    const formula = fromJson(JSON.parse(json));
    const plan = formula.ok ? compile(formula.value) : formula;
    return plan.ok ? [...new Set(plan.value.clocks.flatMap(({ symbol }) => symbol ?? []))] : [];
  },
  bot: (program) => {
    const plan = planOf(program);
    return { warmUp: plan.warmUp, remembered: rememberedBars(plan) };
  },
};

/** A formula has about so many times the bytes in a document as in code. */
export const DOCUMENT_OF_CODE = 4;

/**
 * Bytes from which a formula is read in a thread: what is smaller, some 300 nodes, takes a few milliseconds, and the
 * way to a thread and back as many.
 */
export const LARGE = 40_000;

/**
 * About how many bytes of a document are read or made for it: what it takes grows with them. What calls functions is
 * large, however little is written: it is written out, and may be any formula then.
 */
export function sizeOfTask(task: FormulaTasks[FormulaTaskKind]['task']): number {
  const bytes = bytesOfTask(task);
  return bytes < LARGE && mayCall(task) ? LARGE : bytes;
}

/** Of what is small. The block is a text in documents and in JSON; code calls what it has made with `fn`. */
function mayCall(task: FormulaTasks[FormulaTaskKind]['task']): boolean {
  const updates = [...('updates' in task ? task.updates : []), ...('then' in task ? [task.then] : [])];
  const texts = [
    ...('base' in task ? [task.base, task.theirs] : []),
    ...('versions' in task ? [task.draftJson, ...task.versions.map(({ json }) => json)] : []),
    'json' in task ? (task.json ?? '') : '',
    'text' in task ? task.text : '',
  ];
  return (
    updates.some(({ buffer, byteOffset, length }) => Buffer.from(buffer, byteOffset, length).includes('call')) ||
    texts.some((text) => /\bfn\b|"call"/.test(text))
  );
}

function bytesOfTask(task: FormulaTasks[FormulaTaskKind]['task']): number {
  const stored = 'updates' in task ? task.updates.reduce((sum, update) => sum + update.length, 0) : 0;
  const then = 'then' in task ? task.then.length : 0;
  const json = 'json' in task ? (task.json?.length ?? 0) : 0;
  const before = 'before' in task ? (task.before?.length ?? 0) : 0;
  const sides = 'base' in task ? task.base.length + task.theirs.length : 0;
  const results =
    'first' in task
      ? [task.first, task.second].reduce(
          (sum, { trades, signals, equity }) => sum + trades.length + signals.length + equity.byteLength,
          0,
        )
      : 0;
  const versions = 'versions' in task ? task.versions.reduce((sum, version) => sum + version.json.length, 0) : 0;
  return (
    stored +
    then +
    json +
    before +
    sides +
    results +
    versions +
    ('text' in task ? DOCUMENT_OF_CODE * task.text.length : 0)
  );
}

function draftOf(stored: StoredUpdates): ReturnType<typeof draftIn> {
  const doc = readStored(stored);
  const draft = draftIn(doc);
  doc.destroy();
  return draft;
}

const tooFewBars = (formula: Formula, inputs: Inputs, bars: number): string[] =>
  check(formula, { inputs, bars }).diagnostics.flatMap(({ code, message }) => (code === 'warm-up' ? [message] : []));
