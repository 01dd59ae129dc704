import * as Y from 'yjs';
import { compile } from '#core/engine/plan/compile.ts';
import { checkInputs } from '#core/engine/plan/inputs.ts';
import { rememberedBars } from '#core/engine/stream/bar-runner.ts';
import { estimateRun, type Estimate, type EstimateRequest } from '#core/engine/sweep/estimate.ts';
import type { Inputs } from '#core/engine/sweep/space.ts';
import { check } from '#core/formula/check/check.ts';
import { fromJson, toJson } from '#core/formula/json/json.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { print } from '#core/formula/language/print.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import { EMPTY_FORMULA, type Formula } from '#core/formula/model/formula.ts';
import { readFormula, readStored } from '#server/compute/formula/read-stored.ts';
import { planOf, type BotProgram } from '../bot/checkpoint.ts';

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

/** A stored document: updates that are applied in this order to an empty one. */
interface Document {
  readonly updates: readonly Uint8Array[];
}

type Costs = Omit<EstimateRequest, 'formula'>;

/** A document of which a run is wanted. */
interface Wanted extends Document {
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
  readonly draft: { readonly task: Document; readonly done: Draft };
  readonly runnable: { readonly task: Wanted; readonly done: Runnable };
  readonly cost: { readonly task: { readonly json: string; readonly costs: Costs }; readonly done: Estimate };
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

/** About how many bytes are read for it: what it takes grows with them. */
export function sizeOfTask(task: FormulaTasks[FormulaTaskKind]['task']): number {
  return 'json' in task ? task.json.length : task.updates.reduce((sum, update) => sum + update.length, 0);
}

function draftOf({ updates }: Document): { draft: Draft; formula: Formula } {
  const doc = readStored({ updates });
  const formula = readFormula(doc);
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  const errors = check(formula).diagnostics.filter(({ severity }) => severity === 'error');
  return {
    formula,
    draft: { code: print(formula), json: toJson(formula), contentHash: contentHash(formula), errors, state },
  };
}

const tooFewBars = (formula: Formula, inputs: Inputs, bars: number): string[] =>
  check(formula, { inputs, bars }).diagnostics.flatMap(({ code, message }) => (code === 'warm-up' ? [message] : []));
