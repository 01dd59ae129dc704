import type { JobDefinition, PayloadOf } from '../definition.ts';
import { tickBot } from './tick-bot.ts';

/** The tick of a bot that has many bars to run first. */
export const replayBot: JobDefinition<PayloadOf<typeof tickBot>> = { name: 'replay-bot', pool: 'compute', payload: tickBot.payload, attempts: 8, priority: 1 };
