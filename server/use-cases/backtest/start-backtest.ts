import type { Settings } from '#core/engine/outcome/settings.ts';
import type { BacktestId, FormulaId, MarketId, VersionId } from '#core/requests/ids.ts';
import { act } from '../act/act.ts';
import type { Reader } from '../context.ts';
import { prepareRunnable, takeRunnable } from '../run/take-runnable.ts';
import { queueBacktest } from './queue-backtest.ts';

export interface BacktestWanted {
  readonly formulaId: FormulaId;
  readonly marketId: MarketId;
  /** UTC milliseconds, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly settings: Settings;
  readonly inputs?: Readonly<Record<string, number | boolean | string>> | undefined;
}

/** Takes a snapshot of the draft, and queues its run, in one transaction. */
export async function startBacktest(
  caller: Reader,
  wanted: BacktestWanted,
): Promise<{ backtestId: BacktestId; versionId: VersionId; warnings: readonly string[] }> {
  const { formulaId, marketId, settings, inputs = {}, from = null, to = null } = wanted;
  const prepared = await prepareRunnable(caller, {
    formulaId,
    marketId,
    from,
    to,
    inputs: [inputs],
    costs: { candidates: 1 },
    warn: true,
  });
  return act(caller, 'backtest.run', async (unit) => {
    const { versionId } = await takeRunnable(unit, prepared);
    const { estimate, warnings } = prepared;
    const asked = { formulaId, versionId, marketId, settings, inputs, from, to };
    return { backtestId: await queueBacktest(unit, asked, estimate), versionId, warnings };
  });
}
