import { isAppError } from '#server/errors.ts';
import { FORMULA_TASKS, type FormulaTaskKind, type FormulaTasks } from './formula/formula-tasks.ts';
import type { FormulaTask, Job, OutcomeOf } from './protocol.ts';
import { announceReady, serveJobs } from './serve-jobs.ts';

// The program of a thread for formulas alone: so that a question about a formula waits for no run, and no run loads
// what reads documents.
serveJobs(answer);
announceReady();

function answer(job: Job): OutcomeOf<'formula'> {
  if (job.kind !== 'formula') throw new Error('this thread is for formulas');
  try {
    return { type: 'finished', done: doneOf(job.task) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { type: 'failed', code: error.code, message: error.message, details: error.details };
  }
}

function doneOf({ kind, task }: FormulaTask): FormulaTasks[FormulaTaskKind]['done'] {
  // TypeScript does not see that a task is one of its kind.
  const work = FORMULA_TASKS[kind] as (given: typeof task) => FormulaTasks[FormulaTaskKind]['done'];
  return work(task);
}
