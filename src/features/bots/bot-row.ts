import type { Outputs } from '#trpc/types.ts';

export type BotRow = Outputs['bot']['list'][number];
