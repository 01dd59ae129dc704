import type { Settings } from '#core/engine/outcome/settings.ts';
import { mostBars } from '#core/market/most-bars.ts';
import type { BacktestId, FormulaId, MarketId, VersionId } from '#core/requests/ids.ts';
import type { Draft } from '#server/compute/formula/draft.ts';
import type { MarketRow } from '#server/db/queries/markets.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { findSnapshotOf } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { act, type Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import { shareBacktest } from '../backtest/queue-backtest.ts';
import type { Reader } from '../context.ts';
import { readDraft } from '../document/draft.ts';
import { takeSnapshot } from '../version/take-snapshot.ts';

/** A version of a strategy, or its draft as it is now. */
export interface WantedSide {
  readonly formulaId: FormulaId;
  readonly versionId?: VersionId | undefined;
}

export interface BehaviourWanted {
  readonly before: WantedSide;
  readonly after: WantedSide;
  readonly marketIds: readonly MarketId[];
  /** UTC milliseconds, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly settings: Settings;
}

/** The two runs on a market. */
export interface RunPair {
  readonly marketId: MarketId;
  readonly before: BacktestId;
  readonly after: BacktestId;
}

/**
 * Runs two strategies on the same bars with the same settings, market by market, each with its own inputs. A question
 * that the organisation has asked before is not computed again. All runs are queued, or none: what the plan does not
 * allow is refused in words.
 */
export async function startBehaviour(caller: Reader, wanted: BehaviourWanted): Promise<{ readonly pairs: RunPair[] }> {
  const { orgId } = caller.principal;
  const { marketIds, settings, from = null, to = null } = wanted;
  if (from !== null && to !== null && from > to) throw new AppError('INVALID', 'The range ends before it begins.');
  const sides = [await loadSide(caller, wanted.before), await loadSide(caller, wanted.after)] as const;
  const markets = await read(caller, 'backtest.run', async (tx) => {
    const found: MarketRow[] = [];
    for (const id of new Set(marketIds)) {
      const market = await findMarket(tx, orgId, id);
      if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
      if ((from ?? 0) > market.lastTime || (to ?? market.lastTime) < market.firstTime)
        throw new AppError('INVALID', `${market.symbol} has no bars in this range.`);
      found.push(market);
    }
    return found;
  });
  const costOf = ({ json }: LoadedSide, market: MarketRow) =>
    caller.formulas(orgId, 'cost', { json, costs: { candidates: 1, bars: mostBars(market, from, to) } });
  const estimates = new Map(
    await Promise.all(
      markets.map(
        async (market) =>
          [market.id, [await costOf(sides[0], market), await costOf(sides[1], market)] as const] as const,
      ),
    ),
  );
  return act(caller, 'backtest.run', async (unit) => {
    const versions = [await versionOf(unit, sides[0]), await versionOf(unit, sides[1])] as const;
    const pairs: RunPair[] = [];
    for (const { id: marketId } of markets) {
      const [first, second] = estimates.get(marketId) ?? [];
      if (!first || !second) continue;
      const common = { marketId, settings, inputs: {}, from, to };
      pairs.push({
        marketId,
        before: await shareBacktest(unit, { ...common, ...versions[0] }, first),
        after: await shareBacktest(unit, { ...common, ...versions[1] }, second),
      });
    }
    // Where all was asked before, nothing is queued, and nobody hears of anything.
    unit.nothingHappened();
    return { pairs };
  });
}

interface LoadedSide {
  readonly formulaId: FormulaId;
  readonly json: string;
  readonly of: { readonly versionId: VersionId } | { readonly draft: Draft };
}

/** Before anything is locked: a draft is read in a thread. */
async function loadSide(caller: Reader, { formulaId, versionId }: WantedSide): Promise<LoadedSide> {
  const { orgId } = caller.principal;
  if (versionId !== undefined) {
    const version = await read(caller, 'backtest.run', (tx) => findSnapshotOf(tx, orgId, formulaId, versionId));
    if (!version) throw new AppError('NOT_FOUND', 'There is no such version.');
    if (version.errorCount > 0)
      throw new AppError('FORMULA_INVALID', `${nameOf(version.number)} has errors and can’t run: compare another one.`);
    return { formulaId, json: version.json, of: { versionId } };
  }
  const draft = await readDraft(caller, 'backtest.run', formulaId);
  if (!draft) throw new AppError('NOT_FOUND', 'There is no such strategy.');
  const [error] = draft.errors;
  if (error)
    throw new AppError('FORMULA_INVALID', `The draft has errors and can’t run: ${error.message}`, {
      diagnostics: draft.errors,
    });
  return { formulaId, json: draft.json, of: { draft } };
}

const nameOf = (number: number | null): string => (number === null ? 'This snapshot' : `Version ${number}`);

async function versionOf(
  unit: Unit,
  { formulaId, of }: LoadedSide,
): Promise<{ readonly formulaId: FormulaId; readonly versionId: VersionId }> {
  if ('versionId' in of) return { formulaId, versionId: of.versionId };
  return { formulaId, versionId: (await takeSnapshot(unit, formulaId, of.draft)).id };
}
