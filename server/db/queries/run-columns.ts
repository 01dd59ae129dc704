import { sql } from 'drizzle-orm';
import { formulas, instruments, markets, users, versions, type backtests, type sweeps } from '../schema/index.ts';
import { numberOfContent } from './versions.ts';

/** How a person is named whose account is gone or no longer in the organisation. */
export const SOMEONE = 'someone who has left';

/**
 * What every kind of run has in a list of runs. The query joins the tables of formula, version, market, instrument and
 * person.
 */
export const runColumns = <Runs extends typeof backtests | typeof sweeps>(runs: Runs) => {
  const of = <Name extends keyof Runs>(name: Name): Runs[Name] => runs[name];
  return {
    id: of('id'),
    formulaId: of('formulaId'),
    formulaName: formulas.name,
    versionId: of('versionId'),
    contentHash: versions.contentHash,
    versionNumber: numberOfContent,
    marketId: of('marketId'),
    symbol: markets.symbol,
    timeframe: markets.timeframe,
    currency: instruments.currency,
    settings: of('settings'),
    from: of('fromTime'),
    to: of('toTime'),
    status: of('status'),
    progress: of('progress'),
    failure: of('failure'),
    requestedBy: sql<string>`coalesce(${users.name}, ${SOMEONE})`,
    queuedAt: of('queuedAt'),
    startedAt: of('startedAt'),
    finishedAt: of('finishedAt'),
    madeOn: of('madeOn'),
  };
};
