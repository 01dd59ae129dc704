import type { FormulaId, VersionId } from '#core/requests/ids.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { findPublished, listBotsOnOthers, listPublications as select } from '#server/db/queries/publications.ts';
import { listNames } from '#server/db/queries/users.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { can } from '#server/policies/can.ts';
import { REVIEWS } from '#server/policies/limits.ts';
import { read } from '../act/read.ts';
import type { Caller, Reader } from '../context.ts';
import { judgeVersion } from '../policy/judge-version.ts';
import { changesBetween } from '../version/told-changes.ts';

/** What was published of a strategy, the newest first. */
export function listPublications(caller: Caller, wanted: Page & { readonly formulaId: FormulaId }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    if (!(await findFormula(tx, orgId, wanted.formulaId)))
      throw new AppError('NOT_FOUND', 'There is no such strategy.');
    const rows = await select(tx, orgId, wanted);
    const names = await listNames(tx, [...new Set(rows.flatMap(({ approvedBy }) => approvedBy))]);
    return rows.map(({ approvedBy, publishedAt, endedAt, ...row }) => ({
      ...row,
      approvedBy: approvedBy.map((id) => names.get(id) ?? 'somebody who has left'),
      publishedAt: publishedAt.getTime(),
      endedAt: endedAt?.getTime() ?? null,
    }));
  });
}

/** What publishing a version would change: in sentences, and for which bots; and whether it may be published. */
export async function previewPublication(caller: Reader, { versionId }: { readonly versionId: VersionId }) {
  const { orgId } = caller.principal;
  const { version, before, ...found } = await read(caller, 'org.read', async (tx) => {
    const wanted = await findVersion(tx, orgId, versionId);
    if (!wanted) throw new AppError('NOT_FOUND', 'There is no such version.');
    const published = await findPublished(tx, orgId, wanted.formulaId);
    return {
      version: wanted,
      before: published && (await findVersion(tx, orgId, published.versionId)),
      bots: await listBotsOnOthers(tx, orgId, wanted, REVIEWS.bots),
      judgement: (await judgeVersion(tx, orgId, wanted)).judgement,
    };
  });
  const changes = await changesBetween(caller, before?.json ?? null, version.json);
  return {
    formulaId: version.formulaId,
    number: version.number,
    errorCount: version.errorCount,
    published: before && { versionId: before.id, number: before.number },
    changes: changes.map(({ sentence }) => sentence),
    ...found,
    mayOverride: can(caller.principal, 'policy.override'),
  };
}
