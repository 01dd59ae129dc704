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
    const advanced = runners.advance(task, shouldStop);
    return typeof advanced === 'string' ? { type: advanced } : { type: 'finished', ...advanced };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return refuse([error.message]);
  }
}
