import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { countCandidates } from '#core/engine/sweep/space.ts';
import type { Constant } from '#core/formula/facts/constants.ts';
import type { FormulaId, MarketId, VersionId } from '#core/requests/ids.ts';
import { FORMULA_TASKS } from '#server/compute/formula/formula-tasks.ts';
import { changeBacktest } from '#server/db/queries/backtests.ts';
import { insertBot, updateBot } from '#server/db/queries/bots.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { findSnapshot } from '#server/db/queries/versions.ts';
import { userOf } from '#server/policies/principal.ts';
import { tickBot } from '#server/queue/definitions.ts';
import { flagsOf } from '#server/queue/fair-turns.ts';
import { prepareJob } from '#server/queue/prepare-job.ts';
import type { Unit } from '../act/act.ts';
import { queueBacktest } from '../backtest/queue-backtest.ts';
import { queueSweep } from '../sweep/queue-sweep.ts';
import { DEMO_BOT, DEMO_RUNS, DEMO_SWEEP } from './demo-runs.ts';

interface Made {
  readonly formulaId: FormulaId;
  readonly versionId: VersionId;
}

/**
 * Queues the demo's backtests and its sweep, and starts its bot: the workers compute them as anybody's, when the server
 * is up. The start itself waits for none of it.
 */
export async function queueDemoRuns(
  unit: Unit,
  { formulas, marketId }: { readonly formulas: ReadonlyMap<string, Made>; readonly marketId: MarketId },
): Promise<void> {
  const { tx, principal, happened } = unit;
  const { orgId } = principal;
  const market = await findMarket(tx, orgId, marketId);
  if (!market) throw new Error('the demo has a market');
  const bars = market.barCount;
  const read = async (name: string): Promise<Made & { readonly json: string }> => {
    const made = formulas.get(name);
    const snapshot = made && (await findSnapshot(tx, orgId, made.versionId));
    if (!made || !snapshot) throw new Error(`the demo has no strategy "${name}"`);
    return { ...made, json: JSON.stringify(snapshot.json) };
  };
  const whole = { marketId, from: null, to: null } as const;

  for (const [index, { formula, title, inputs, settings }] of DEMO_RUNS.entries()) {
    const { json, ...made } = await read(formula);
    const estimate = FORMULA_TASKS.cost({ json, costs: { candidates: 1, bars } });
    // One after the other: the last run of a strategy is the one that its row shows.
    const now = new Date(unit.now.getTime() - 1000 * (DEMO_RUNS.length - index));
    const id = await queueBacktest({ ...unit, now }, { ...made, ...whole, settings, inputs }, estimate);
    await changeBacktest(tx, { orgId, id }, { title });
  }

  const { json, ...made } = await read(DEMO_SWEEP.formula);
  const axes = DEMO_SWEEP.axes.map(({ name, values }) => ({ name, values: [...values] satisfies Constant[] }));
  const search = { kind: 'grid' } as const;
  const counted = countCandidates(axes, search);
  const candidateCount = counted.ok ? counted.value : 0;
  const estimate = FORMULA_TASKS.cost({ json, costs: { candidates: candidateCount, axes, windows: null, bars } });
  const { rankedBy } = DEMO_SWEEP;
  const asked = {
    ...made,
    ...whole,
    settings: DEFAULT_SETTINGS,
    axes,
    search,
    windows: null,
    candidateCount,
    rankedBy,
  };
  await queueSweep(unit, asked, { estimate, bars });

  const ofBot = await read(DEMO_BOT.formula);
  const botId = await insertBot(tx, {
    orgId,
    name: `${DEMO_BOT.formula} on ${market.symbol}`,
    formulaId: ofBot.formulaId,
    versionId: ofBot.versionId,
    marketId,
    settings: DEFAULT_SETTINGS,
    createdBy: userOf(principal),
  });
  await updateBot(tx, orgId, botId, { status: 'running', nextBar: bars - DEMO_BOT.barsBeforeEnd, step: 0 });
  const tick = prepareJob(tickBot, { orgId, botId, step: 0 }, { flags: flagsOf(orgId, false) });
  happened('bot.started', { botId, before: 'draft', tick });
}
