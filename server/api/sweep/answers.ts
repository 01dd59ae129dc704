import { z } from 'zod';
import type { openCandidate } from '#server/use-cases/sweep/open-candidate.ts';
import type { getForwardResult, getSweep, getSweepResult, listSweeps } from '#server/use-cases/sweep/read-sweeps.ts';
import type { startSweep } from '#server/use-cases/sweep/start-sweep.ts';
import type { sweepAgain } from '#server/use-cases/sweep/sweep-again.ts';
import {
  axes,
  barsSince,
  column,
  curves,
  figure,
  id,
  inputs,
  keptKey,
  metricKey,
  metrics,
  run,
  trades,
  type AnswerOf,
} from '../answers.ts';

const summary = z.strictObject({
  ...run('sweep'),
  axes,
  search: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('grid') }),
    z.strictObject({ kind: z.literal('random'), samples: figure, seed: figure }),
  ]),
  windows: z.strictObject({ inSample: figure, outOfSample: figure, anchored: z.boolean() }).nullable(),
  candidateCount: figure,
  rankedBy: metricKey,
  best: z.strictObject({ inputs: inputs.exactOptional(), metrics }).nullable(),
});

export const sweeps: AnswerOf<typeof listSweeps> = z.array(summary);
export const sweep: AnswerOf<typeof getSweep> = summary.extend({ bars: barsSince });

export const result: AnswerOf<typeof getSweepResult> = z.strictObject({
  keys: z.array(keptKey).readonly(),
  figures: z.string(),
  refused: column(z.tuple([figure, z.string()])),
});

const span = z.strictObject({ from: figure, to: figure });

export const forward: AnswerOf<typeof getForwardResult> = z.strictObject({
  ...curves,
  windows: z.array(
    z.strictObject({
      from: figure,
      to: figure,
      inSample: span,
      outOfSample: span,
      inputs: inputs.nullable(),
      inSampleMetrics: metrics.nullable(),
      outOfSampleMetrics: metrics.nullable(),
    }),
  ),
  efficiency: figure.nullable(),
  metrics,
  trades,
});

export const started: AnswerOf<typeof startSweep> = z.strictObject({ sweepId: id('sweep'), versionId: id('version') });
export const again: AnswerOf<typeof sweepAgain> = z.strictObject({ sweepId: id('sweep') });
export const opened: AnswerOf<typeof openCandidate> = z.strictObject({ backtestId: id('backtest') });
