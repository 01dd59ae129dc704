import { and, asc, desc, eq, isNotNull, lt, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { FormulaId, OrgId, VersionId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import {
  backtests,
  bots,
  branches,
  formulas,
  merges,
  sweeps,
  users,
  versionLabels,
  versions,
} from '../schema/index.ts';
import { holds } from './search.ts';

export interface HistoryFilter {
  /** Each somewhere in message, name, tags, author or number. */
  readonly words: readonly string[];
  readonly author?: string | undefined;
  readonly tag?: string | undefined;
  readonly having?: 'bots' | 'runs' | undefined;
}

interface Wanted extends HistoryFilter {
  readonly formulaId: FormulaId;
  readonly limit: number;
  /** The number of the last version that the caller has. */
  readonly cursor?: number | undefined;
}

/**
 * How many runs there are of each content of a strategy: a run is of a version or of a snapshot that says the same.
 * Once for all versions: of many that say the same, each would look at all of the others.
 */
const runsOf = (tx: Tx, formulaId: FormulaId) =>
  tx.$with('ran').as(
    tx
      .select({ contentHash: sql<string>`content_hash`.as('ran_hash'), count: sql<number>`count(*)`.as('run_count') })
      .from(
        sql`(
          select v.content_hash from ${backtests} b join ${versions} v on v.id = b.version_id
          where b.formula_id = ${formulaId} and b.deleted_at is null
          union all
          select v.content_hash from ${sweeps} s join ${versions} v on v.id = s.version_id
          where s.formula_id = ${formulaId}) runs`,
      )
      .groupBy(sql`content_hash`),
  );

const botCount = sql<number>`(select count(*) from ${bots} where ${bots.versionId} = ${versions.id})`.mapWith(Number);

/** Who made it: as a file says, where it came in one. */
const author = sql<string>`coalesce(${versionLabels.saidAuthor}, ${users.name})`;

const merged = alias(versions, 'merged_versions');
const mergedFormulas = alias(formulas, 'merged_formulas');

function filtered(
  { words, author: wanted, tag, having }: HistoryFilter,
  runCount: SQL<number>,
): readonly (SQL | undefined)[] {
  return [
    words.length === 0
      ? undefined
      : holds(words, [
          versions.message,
          sql`${versionLabels.name}`,
          sql`array_to_string(${versionLabels.tags}, ' ')`,
          author,
          sql`'v' || ${versions.number}`,
        ]),
    wanted === undefined ? undefined : eq(author, wanted),
    tag === undefined ? undefined : sql`${tag} = any(${versionLabels.tags})`,
    having === 'bots' ? sql`${botCount} > 0` : undefined,
    having === 'runs' ? sql`${runCount} > 0` : undefined,
  ];
}

/** Versions with what belongs to them, the newest first. */
export function listHistory(tx: Tx, orgId: OrgId, wanted: Wanted) {
  const ran = runsOf(tx, wanted.formulaId);
  const runCount = sql<number>`coalesce(${ran.count}, 0)`.mapWith(Number);
  return tx
    .with(ran)
    .select({
      id: versions.id,
      number: sql<number>`${versions.number}`,
      message: versions.message,
      name: sql<string>`coalesce(${versionLabels.name}, '')`,
      tags: versionLabels.tags,
      author,
      importedBy: sql<string | null>`case when ${versionLabels.saidAuthor} is not null then ${users.name} end`,
      at: sql<Date>`coalesce(${versionLabels.saidAt}, ${versions.createdAt})`.mapWith(versions.createdAt),
      contentHash: versions.contentHash,
      errorCount: versions.errorCount,
      parentNumber: sql<number | null>`(select p.number from versions p where p.id = ${versions.parentId})`,
      runs: runCount,
      bots: botCount,
      branches:
        sql<number>`(select count(*) from ${branches} where ${branches.originVersionId} = ${versions.id})`.mapWith(
          Number,
        ),
      mergeBeforeId: merges.beforeVersionId,
      mergeUndoneAt: merges.undoneAt,
      mergedFormulaId: mergedFormulas.id,
      mergedName: mergedFormulas.name,
      mergedNumber: merged.number,
    })
    .from(versions)
    .innerJoin(users, eq(users.id, versions.authorId))
    .leftJoin(versionLabels, eq(versionLabels.versionId, versions.id))
    .leftJoin(ran, eq(ran.contentHash, versions.contentHash))
    .leftJoin(
      merges,
      eq(
        merges.id,
        sql`(select m.id from merges m where m.after_version_id = ${versions.id} order by m.merged_at desc limit 1)`,
      ),
    )
    .leftJoin(merged, eq(merged.id, merges.sourceVersionId))
    .leftJoin(mergedFormulas, eq(mergedFormulas.id, merged.formulaId))
    .where(
      and(
        eq(versions.orgId, orgId),
        eq(versions.formulaId, wanted.formulaId),
        isNotNull(versions.number),
        wanted.cursor === undefined ? undefined : lt(versions.number, wanted.cursor),
        ...filtered(wanted, runCount),
      ),
    )
    .orderBy(desc(versions.number))
    .limit(wanted.limit);
}

/** Of a list of what versions have in common, as many are offered as anybody reads. */
const MOST_OFFERED = 200;

/** What versions can be filtered by, and how many there are. */
export async function findFacets(tx: Tx, orgId: OrgId, formulaId: FormulaId) {
  const isOf = and(eq(versions.orgId, orgId), eq(versions.formulaId, formulaId), isNotNull(versions.number));
  const [counted] = await tx
    .select({
      count: sql<number>`count(*)`.mapWith(Number),
      newest: sql<number>`coalesce(max(${versions.number}), 0)`.mapWith(Number),
    })
    .from(versions)
    .where(isOf);
  const authors = await tx
    .selectDistinct({ author })
    .from(versions)
    .innerJoin(users, eq(users.id, versions.authorId))
    .leftJoin(versionLabels, eq(versionLabels.versionId, versions.id))
    .where(isOf)
    .orderBy(asc(author))
    .limit(MOST_OFFERED);
  const tags = await tx
    .selectDistinct({ tag: sql<string>`unnest(${versionLabels.tags})` })
    .from(versions)
    .innerJoin(versionLabels, eq(versionLabels.versionId, versions.id))
    .where(isOf)
    .orderBy(sql`1`)
    .limit(MOST_OFFERED);
  return {
    count: counted?.count ?? 0,
    newest: counted?.newest ?? 0,
    authors: authors.map((row) => row.author),
    tags: tags.map(({ tag }) => tag),
  };
}

/** What is named of a version; null when there is no such version. */
export async function findLabel(tx: Tx, orgId: OrgId, id: VersionId) {
  const [row] = await tx
    .select({
      formulaId: versions.formulaId,
      number: sql<number>`${versions.number}`,
      name: sql<string>`coalesce(${versionLabels.name}, '')`,
      tags: versionLabels.tags,
    })
    .from(versions)
    .leftJoin(versionLabels, eq(versionLabels.versionId, versions.id))
    .where(and(eq(versions.orgId, orgId), eq(versions.id, id), isNotNull(versions.number)));
  return row ? { ...row, tags: row.tags ?? [] } : null;
}

export async function putLabel(
  tx: Tx,
  label: { readonly orgId: OrgId; readonly versionId: VersionId; readonly name: string; readonly tags: string[] },
): Promise<void> {
  const { name, tags } = label;
  await tx
    .insert(versionLabels)
    .values(label)
    .onConflictDoUpdate({ target: versionLabels.versionId, set: { name, tags } });
}

/**
 * The newest versions of which the JSON has at most so many bytes together, the oldest first, with how many there are.
 */
export async function readVersionsToWrite(
  tx: Tx,
  orgId: OrgId,
  { formulaId, bytes, limit }: { readonly formulaId: FormulaId; readonly bytes: number; readonly limit: number },
) {
  const sized = tx.$with('sized').as(
    tx
      .select({
        id: versions.id,
        until: sql<number>`sum(octet_length(${versions.json})) over (order by ${versions.number} desc)`.as('until'),
      })
      .from(versions)
      .where(and(eq(versions.orgId, orgId), eq(versions.formulaId, formulaId), isNotNull(versions.number)))
      .orderBy(desc(versions.number))
      .limit(limit),
  );
  const rows = await tx
    .with(sized)
    .select({
      number: sql<number>`${versions.number}`,
      name: sql<string>`coalesce(${versionLabels.name}, '')`,
      message: versions.message,
      author,
      at: sql<Date>`coalesce(${versionLabels.saidAt}, ${versions.createdAt})`.mapWith(versions.createdAt),
      tags: versionLabels.tags,
      json: versions.json,
    })
    .from(sized)
    .innerJoin(versions, eq(versions.id, sized.id))
    .innerJoin(users, eq(users.id, versions.authorId))
    .leftJoin(versionLabels, eq(versionLabels.versionId, versions.id))
    .where(sql`${sized.until} <= ${bytes}`)
    .orderBy(asc(versions.number));
  return rows.map((row) => ({ ...row, tags: row.tags ?? [], at: row.at.getTime() }));
}

/** Rows of one statement: parameters of a statement are bounded. */
const ROWS_AT_ONCE = 200;

/** Versions that came in a file, with what the file says of them. */
export async function insertHistory(
  tx: Tx,
  rows: readonly {
    readonly version: typeof versions.$inferInsert & { readonly id: VersionId };
    readonly label: Omit<typeof versionLabels.$inferInsert, 'versionId' | 'orgId'>;
  }[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const some = rows.slice(start, start + ROWS_AT_ONCE);
    await tx.insert(versions).values(some.map(({ version }) => version));
    await tx
      .insert(versionLabels)
      .values(some.map(({ version, label }) => ({ ...label, versionId: version.id, orgId: version.orgId })));
  }
}
