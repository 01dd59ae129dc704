import {
  findBacktestsByWords,
  findBotsByWords,
  findFormulasByWords,
  findMarketsByWords,
  findVersionsByWords,
} from '#server/db/queries/search.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

/** Something of the organisation that was found by its name. */
export type Thing =
  | { readonly kind: 'formula'; readonly id: string; readonly name: string; readonly isArchived: boolean }
  | {
      readonly kind: 'version';
      readonly id: string;
      readonly number: number;
      readonly message: string;
      readonly formulaId: string;
      readonly formulaName: string;
    }
  | {
      readonly kind: 'backtest';
      readonly id: string;
      readonly formulaName: string;
      readonly symbol: string;
      readonly timeframe: string;
      readonly queuedAt: number;
    }
  | {
      readonly kind: 'bot';
      readonly id: string;
      readonly name: string;
      readonly status: string;
      readonly symbol: string;
    }
  | {
      readonly kind: 'market';
      readonly id: string;
      readonly symbol: string;
      readonly name: string;
      readonly timeframe: string;
    };

/** Of each kind. More are nobody's choice: another letter narrows the search. */
const MOST_OF_A_KIND = 6;

/** Formulas, versions, backtests, bots and markets in whose names every word of the query is found. */
export function findThings(caller: Caller, { query }: { readonly query: string }): Promise<readonly Thing[]> {
  const { orgId } = caller.principal;
  const words = query.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return Promise.resolve([]);
  const wanted = { orgId, words, limit: MOST_OF_A_KIND };
  return read(caller, 'org.read', async (tx) => {
    const formulas = await findFormulasByWords(tx, wanted);
    const versions = await findVersionsByWords(tx, wanted);
    const backtests = await findBacktestsByWords(tx, wanted);
    const bots = await findBotsByWords(tx, wanted);
    const markets = await findMarketsByWords(tx, wanted);
    return [
      ...formulas.map(({ archivedAt, ...row }): Thing => ({
        kind: 'formula',
        ...row,
        isArchived: archivedAt !== null,
      })),
      ...versions.map((row): Thing => ({ kind: 'version', ...row })),
      ...backtests.map(({ queuedAt, ...row }): Thing => ({ kind: 'backtest', ...row, queuedAt: queuedAt.getTime() })),
      ...bots.map((row): Thing => ({ kind: 'bot', ...row })),
      ...markets.map((row): Thing => ({ kind: 'market', ...row })),
    ];
  });
}
