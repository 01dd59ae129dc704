import { createEmitter } from '#core/emitter/emitter.ts';
import type { LiveEvent } from './types.ts';

/** The organisation's events as this tab receives them; fed by the shell's subscription. */
export const liveEvents = createEmitter<LiveEvent>();
