import type { AdvanceTask, BotRunners } from '#server/compute/bot/bot-runners.ts';
import { isAppError } from '#server/errors.ts';
import type { OutcomeOf } from './protocol.ts';
import { refuse } from './run-task.ts';

/** A formula that can't be run is an outcome, in words. */
export function runAdvance(
  runners: BotRunners,
  task: AdvanceTask,
  shouldStop: () => boolean = () => false,
): OutcomeOf<'advance'> {
  try {
    return runners.advance(task, shouldStop);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return refuse([error.message]);
  }
}
