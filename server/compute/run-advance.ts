import { advanceBot, type AdvanceTask } from '#server/compute/bot/advance-bot.ts';
import { isAppError } from '#server/errors.ts';
import type { OutcomeOf } from './protocol.ts';
import { refuse } from './run-task.ts';

/** A formula that can't be run is an outcome, in words. */
export function runAdvance(task: AdvanceTask): OutcomeOf<'advance'> {
  try {
    return { type: 'finished', ...advanceBot(task) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return refuse([error.message]);
  }
}
