import { and, desc, eq, isNotNull, isNull, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { backtests, bots, formulas, instruments, markets, versions } from '../schema/index.ts';
import { SEARCH_MS } from '../time-limits.ts';
import { ofSymbol } from './markets.ts';

/**
 * What each kind of thing is found by: every word of `words` somewhere in one of the columns, as typed. At most `limit`
 * of each kind.
 */
export interface Wanted {
  readonly orgId: OrgId;
  readonly words: readonly string[];
  readonly limit: number;
}

/** Accents and their like, which stand behind their letters once a text is decomposed. */
const MARKS = String.raw`[\u0300-\u036f]`;

/** A word as people compare it: without case and accents, in any script. */
const foldWord = (word: string): string => word.normalize('NFKD').replaceAll(new RegExp(MARKS, 'gu'), '').toUpperCase();

/**
 * The same of what is in `text`, in the database: the language of its cluster knows no letters but those of English.
 * Most texts have no others, and pay for nothing.
 */
const foldedText = sql.raw(
  `case when octet_length(text) = char_length(text) then upper(text) else upper(regexp_replace(normalize(text, NFKD) collate "und-x-icu", '${MARKS}', '', 'g')) end`,
);

/**
 * Whether every word is in one of the columns, in any case and with or without accents. The columns of a row are joined
 * and folded once, not once for each word. No word has a line break, so no word is found across two columns.
 */
export function holds(words: readonly string[], columns: readonly (PgColumn | SQL)[]): SQL {
  const patterns = JSON.stringify(words.map((word) => `%${foldWord(word).replaceAll(/[\\%_]/g, '\\$&')}%`));
  const joined = sql.join([...columns], sql`, `);
  return sql`(select ${foldedText} from (select concat_ws(chr(10), ${joined}) as text) as row) like all (array(select jsonb_array_elements_text(${patterns}::text::jsonb)))`;
}

/** From now on in this transaction the database ends a statement that takes longer than a search may. */
export async function boundSearch(tx: Tx): Promise<void> {
  await tx.execute(sql`select set_config('statement_timeout', ${String(SEARCH_MS)}, true)`);
}

/** Those that are worked on first. */
export const findFormulasByWords = (tx: Tx, { orgId, words, limit }: Wanted) =>
  tx
    .select({ id: formulas.id, name: formulas.name, archivedAt: formulas.archivedAt })
    .from(formulas)
    .where(and(eq(formulas.orgId, orgId), holds(words, [formulas.name])))
    .orderBy(sql`${formulas.archivedAt} is not null`, desc(formulas.updatedAt))
    .limit(limit);

/** By what was written about them, by their number (`v12`) and by the name of their formula. */
export const findVersionsByWords = (tx: Tx, { orgId, words, limit }: Wanted) =>
  tx
    .select({
      id: versions.id,
      number: sql<number>`${versions.number}`,
      message: versions.message,
      formulaId: versions.formulaId,
      formulaName: formulas.name,
    })
    .from(versions)
    .innerJoin(formulas, eq(formulas.id, versions.formulaId))
    .where(
      and(
        eq(versions.orgId, orgId),
        isNotNull(versions.number),
        holds(words, [versions.message, formulas.name, sql`'v' || ${versions.number}`]),
      ),
    )
    .orderBy(desc(versions.createdAt))
    .limit(limit);

/** By their formula and their market, the newest first. */
export const findBacktestsByWords = (tx: Tx, { orgId, words, limit }: Wanted) =>
  tx
    .select({
      id: backtests.id,
      formulaName: formulas.name,
      symbol: markets.symbol,
      timeframe: markets.timeframe,
      queuedAt: backtests.queuedAt,
    })
    .from(backtests)
    .innerJoin(formulas, eq(formulas.id, backtests.formulaId))
    .innerJoin(markets, eq(markets.id, backtests.marketId))
    .innerJoin(instruments, ofSymbol)
    .where(
      and(
        eq(backtests.orgId, orgId),
        isNull(backtests.deletedAt),
        holds(words, [formulas.name, markets.symbol, instruments.name, markets.timeframe]),
      ),
    )
    .orderBy(desc(backtests.queuedAt))
    .limit(limit);

export const findBotsByWords = (tx: Tx, { orgId, words, limit }: Wanted) =>
  tx
    .select({ id: bots.id, name: bots.name, status: bots.status, symbol: markets.symbol })
    .from(bots)
    .innerJoin(markets, eq(markets.id, bots.marketId))
    .where(and(eq(bots.orgId, orgId), holds(words, [bots.name, markets.symbol])))
    .orderBy(desc(bots.createdAt))
    .limit(limit);

export const findMarketsByWords = (tx: Tx, { orgId, words, limit }: Wanted) =>
  tx
    .select({ id: markets.id, symbol: markets.symbol, name: instruments.name, timeframe: markets.timeframe })
    .from(markets)
    .innerJoin(instruments, ofSymbol)
    .where(and(eq(markets.orgId, orgId), holds(words, [markets.symbol, instruments.name, markets.timeframe])))
    .orderBy(markets.symbol, markets.timeframe)
    .limit(limit);
