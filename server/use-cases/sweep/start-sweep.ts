import { findMetric } from '#core/engine/figures/find-metric.ts';
import type { Settings } from '#core/engine/outcome/settings.ts';
import { countCandidates, type Axis, type Search } from '#core/engine/sweep/space.ts';
import type { Windows } from '#core/engine/sweep/walk-forward.ts';
import type { Constant } from '#core/formula/facts/constants.ts';
import type { FormulaId, MarketId, SweepId, VersionId } from '#core/requests/ids.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import { act } from '../act/act.ts';
import type { Reader } from '../context.ts';
import { prepareRunnable, takeRunnable } from '../run/take-runnable.ts';
import { queueSweep } from './queue-sweep.ts';

/** Settings that one sweep may try: their figures are kept, and looked at in a browser. */
const MOST_SWEPT = 50_000;

export interface SweepWanted {
  readonly formulaId: FormulaId;
  readonly marketId: MarketId;
  /** UTC milliseconds, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly settings: Settings;
  readonly axes: readonly Axis[];
  readonly search: Search;
  /** With windows it is a walk-forward. */
  readonly windows?: Windows | undefined;
  readonly rankedBy: string;
}

/** Takes a snapshot of the draft, and queues its sweep, in one transaction. */
export async function startSweep(
  caller: Reader,
  wanted: SweepWanted,
): Promise<{ sweepId: SweepId; versionId: VersionId }> {
  const { formulaId, marketId, settings, axes, search, windows = null, rankedBy, from = null, to = null } = wanted;
  requirePermission(caller.principal, 'backtest.run');
  const metric = findMetric(rankedBy);
  if (!metric) throw new AppError('INVALID', `There is no metric "${rankedBy}".`);
  const counted = countCandidates(axes, search);
  if (!counted.ok) throw new AppError('INVALID', counted.error);
  const candidateCount = counted.value;
  if (candidateCount > MOST_SWEPT)
    throw new AppError(
      'TOO_LARGE',
      `These are ${candidateCount.toLocaleString('en')} settings, and a sweep tries ${MOST_SWEPT.toLocaleString('en')} at the most: take larger steps, or a random search.`,
    );
  const prepared = await prepareRunnable(caller, {
    formulaId,
    marketId,
    from,
    to,
    inputs: axes.flatMap(({ name, values }) => extremesOf(values).map((value) => ({ [name]: value }))),
    costs: { candidates: candidateCount, axes, windows },
    warn: false,
  });
  return act(caller, 'backtest.run', async (unit) => {
    const { versionId } = await takeRunnable(unit, prepared);
    const asked = {
      formulaId,
      versionId,
      marketId,
      settings,
      axes: [...axes],
      search,
      windows,
      candidateCount,
      from,
      to,
    };
    return { sweepId: await queueSweep(unit, { ...asked, rankedBy: metric.key }, prepared), versionId };
  });
}

/** The values at both ends: when an input allows them, it allows what lies between. */
const extremesOf = (values: readonly Exclude<Constant, null>[]): Exclude<Constant, null>[] => [
  ...new Set([values[0], values.at(-1)].filter((value) => value !== undefined)),
];
