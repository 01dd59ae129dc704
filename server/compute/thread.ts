import { BotRunners } from './bot/bot-runners.ts';
import type { Job, OutcomeOf, TaskKind } from './protocol.ts';
import { chooseCandidate, loadColumns, planCandidates, runCandidates, tradeWindows } from './run-sweep-pieces.ts';
import { runAdvance, runMonteCarlo, runTask, type TaskWatch, warmUp } from './run-task.ts';
import { announceReady, serveJobs } from './serve-jobs.ts';

// The program of a compute thread: one run at a time, as the pool sends them.
const runners = new BotRunners();

serveJobs(runJob, buffersOf);
warmUp();
announceReady();

function runJob(job: Job, watch: TaskWatch): OutcomeOf<TaskKind> {
  switch (job.kind) {
    case 'backtest':
      return runTask(job.task, watch);
    case 'plan':
      return planCandidates(job.task, watch);
    case 'load':
      return loadColumns(job.task);
    case 'candidates':
      return runCandidates(job.task, watch);
    case 'advance':
      return runAdvance(runners, job.task, () => watch.shouldStop());
    case 'choose':
      return chooseCandidate(job.task);
    case 'forward':
      return tradeWindows(job.task, watch);
    case 'monteCarlo':
      return runMonteCarlo(job.task, watch);
    case 'formula':
      throw new Error('formulas are read in threads of their own');
  }
}

/** The large columns go back without a copy. */
function buffersOf(outcome: OutcomeOf<TaskKind>): ArrayBuffer[] {
  const kept = 'result' in outcome ? outcome.result : 'forward' in outcome ? outcome.forward : null;
  if (!kept) return [];
  const { equity, drawdown, benchmark } = kept;
  return [...new Set([equity.buffer, drawdown.buffer, benchmark.buffer])].filter(
    (buffer) => buffer instanceof ArrayBuffer,
  );
}
