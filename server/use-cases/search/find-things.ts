import type { BacktestId, BotId, FormulaId, MarketId, VersionId } from '#core/requests/ids.ts';
import {
  boundSearch,
  findBacktestsByWords,
  findBotsByWords,
  findFormulasByWords,
  findMarketsByWords,
  findVersionsByWords,
} from '#server/db/queries/search.ts';
import { AppError } from '#server/errors.ts';
import { MOST_SEARCH_WORDS } from '#server/policies/limits.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

/** Something of the organisation that was found by its name. */
export type Thing =
  | { readonly kind: 'formula'; readonly id: FormulaId; readonly name: string; readonly isArchived: boolean }
  | {
      readonly kind: 'version';
      readonly id: VersionId;
      readonly number: number;
      readonly message: string;
      readonly formulaId: FormulaId;
      readonly formulaName: string;
    }
  | {
      readonly kind: 'backtest';
      readonly id: BacktestId;
      readonly formulaName: string;
      readonly symbol: string;
      readonly timeframe: string;
      readonly queuedAt: number;
    }
  | {
      readonly kind: 'bot';
      readonly id: BotId;
      readonly name: string;
      readonly status: string;
      readonly symbol: string;
    }
  | {
      readonly kind: 'market';
      readonly id: MarketId;
      readonly symbol: string;
      readonly name: string;
      readonly timeframe: string;
    };

/** Of each kind. More are nobody's choice: another letter narrows the search. */
const MOST_OF_A_KIND = 6;

/**
 * The words that a query is looked for by, each once: whoever has a word has every part of the word, so that parts are
 * left out. Throws INVALID for more than a search may have.
 */
export function wordsOf(query: string): readonly string[] {
  const words = [...new Set(query.toLowerCase().split(/\s+/))].filter((word) => word !== '');
  const needed = words.filter((word) => !words.some((other) => other !== word && other.includes(word)));
  if (needed.length > MOST_SEARCH_WORDS)
    throw new AppError('INVALID', `Search for at most ${MOST_SEARCH_WORDS} words at once.`);
  return needed;
}

/** Formulas, versions, backtests, bots and markets in whose names every word is found. */
export function findThings(
  caller: Caller,
  { words }: { readonly words: readonly string[] },
): Promise<readonly Thing[]> {
  const { orgId } = caller.principal;
  if (words.length === 0) return Promise.resolve([]);
  const wanted = { orgId, words, limit: MOST_OF_A_KIND };
  return read(caller, 'org.read', async (tx) => {
    await boundSearch(tx);
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
