import { z } from 'zod';
import type {
  getBacktest,
  getBacktestCurve,
  getBacktestResult,
  listBacktests,
} from '#server/use-cases/backtest/read-backtests.ts';
import type { runAgain } from '#server/use-cases/backtest/run-again.ts';
import type { startBacktest } from '#server/use-cases/backtest/start-backtest.ts';
import {
  barsSince,
  column,
  curves,
  figure,
  figures,
  id,
  inputs,
  metrics,
  run,
  texts,
  trades,
  type AnswerOf,
} from '../answers.ts';

const summary = z.strictObject({
  ...run('backtest'),
  inputs,
  metrics: metrics.nullable(),
  title: z.string().nullable(),
  deletedAt: figure.nullable(),
});

export const backtests: AnswerOf<typeof listBacktests> = z.array(summary);
export const backtest: AnswerOf<typeof getBacktest> = summary.extend({ code: z.string(), bars: barsSince });

const rejected = z.strictObject({ bar: figure, time: figure, node: z.string(), reason: z.string() });
const returns = column(z.strictObject({ start: figure, return: figure }));

export const result: AnswerOf<typeof getBacktestResult> = z.strictObject({
  ...curves,
  barCount: figure,
  trades,
  tradeCount: figure,
  furtherNets: figures,
  rejected: column(rejected),
  rejectedCount: figure,
  signalCount: figure,
  months: returns,
  years: returns,
  metrics,
});

export const curve: AnswerOf<typeof getBacktestCurve> = z.strictObject(curves);

export const started: AnswerOf<typeof startBacktest> = z.strictObject({
  backtestId: id('backtest'),
  versionId: id('version'),
  warnings: texts,
});

export const again: AnswerOf<typeof runAgain> = z.strictObject({ backtestId: id('backtest') });
