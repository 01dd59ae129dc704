import { z } from 'zod';
import type { getAllowance } from '#server/use-cases/run/allowance.ts';
import type { getTurn } from '#server/use-cases/run/get-turn.ts';
import { figure, type AnswerOf } from '../answers.ts';

export const allowance: AnswerOf<typeof getAllowance> = z.strictObject({
  runTime: figure,
  runBytes: figure,
  unfinishedRuns: figure,
  mostUnfinishedRuns: figure,
});

export const turn: AnswerOf<typeof getTurn> = z
  .discriminatedUnion('waitsFor', [
    z.strictObject({ waitsFor: z.literal('organisation'), before: figure }),
    z.strictObject({ waitsFor: z.literal('thread') }),
    z.strictObject({ waitsFor: z.literal('memory') }),
  ])
  .nullable();
