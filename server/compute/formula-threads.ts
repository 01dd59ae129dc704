import { requireNoTransaction } from '#server/db/no-transaction.ts';
import { AppError } from '#server/errors.ts';
import type { Log } from '#server/observability/log.ts';
import { startComputePool } from './compute-pool.ts';
import { FORMULA_TASKS, LARGE, sizeOfTask, type FormulaTaskKind, type FormulaTasks } from './formula/formula-tasks.ts';
import type { FormulaTask } from './protocol.ts';
import { startedOnce } from './started-once.ts';

/** On whose account, in turns between them: an organisation. */
export type AskFormulas = <Kind extends FormulaTaskKind>(
  owner: string,
  kind: Kind,
  task: FormulaTasks[Kind]['task'],
) => Promise<FormulaTasks[Kind]['done']>;

export interface FormulaThreads {
  readonly ask: AskFormulas;
  close(): Promise<void>;
}

/** Milliseconds that one may take. The largest takes half a second on an idle machine. */
const MOST_TIME = 20_000;
const HEAP_MEGABYTES = 512;

const PROGRAM = new URL('./formula-thread.ts', import.meta.url);

/** Where one is asked for, whatever its size: for what has no server around it. */
export const askHere: AskFormulas = async (_owner, kind, task) => {
  requireNoTransaction('the thread of formulas');
  return FORMULA_TASKS[kind](task);
};

/**
 * Reads, checks and compiles formulas apart from the thread that answers everybody: a thread for them alone, in fair
 * turns between organisations, so that whoever asks for the largest again and again delays a neighbour by one of them.
 * The thread is started at the first large formula.
 */
export function createFormulaThreads(log: Pick<Log, 'error'>, large = LARGE): FormulaThreads {
  const pool = startedOnce(() =>
    startComputePool({ size: 1, spare: 0, log, heapMegabytes: HEAP_MEGABYTES, program: () => PROGRAM }),
  );
  const askThere: AskFormulas = async (owner, kind, task) => {
    requireNoTransaction('the thread of formulas');
    const outcome = await (
      await pool.get()
    ).run(
      'formula',
      // TypeScript does not see that a task is one of its kind.
      { kind, task } as FormulaTask,
      { signal: new AbortController().signal, claim: { owner, weight: 1, mostTime: MOST_TIME, spent: 0 } },
    );
    if (outcome.type === 'failed') throw new AppError(outcome.code, outcome.message, outcome.details);
    if (outcome.type !== 'finished') throw new AppError('TOO_LARGE', TOO_LARGE);
    return outcome.done as FormulaTasks[typeof kind]['done'];
  };
  return {
    ask: (owner, kind, task) => (sizeOfTask(task) < large ? askHere : askThere)(owner, kind, task),
    close: async () => (await pool.started()?.catch(() => null))?.close(),
  };
}

const TOO_LARGE = 'The strategy is too large to be read in time. Make it smaller, or try again in a moment.';
