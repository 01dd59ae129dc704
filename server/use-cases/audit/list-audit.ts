import type { OrgId } from '#core/requests/ids.ts';
import type { Database } from '#server/db/database.ts';
import { listAudits, type AuditFilter } from '#server/db/queries/audit.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { MOST_AUDIT_ROWS } from '#server/policies/limits.ts';
import { read, readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';
import { csvLine } from '../csv-line.ts';

/** The role of the app can't read the audit: a hole in the app teaches nobody what others did. */
const AS_SYSTEM = freely('the audit is read by the system’s role alone, of the organisation of whoever may read it');

/** What happened in the organisation, the newest first. */
export async function listAudit(caller: Caller, wanted: AuditFilter & Page) {
  await read(caller, 'audit.read', async () => undefined);
  return presentAudits(caller.db, caller.principal.orgId, wanted);
}

/** Rows as people read them; of the installation where there is no organisation. */
export async function presentAudits(db: Database, orgId: OrgId | null, wanted: AuditFilter & Page) {
  const rows = await readAcross(db, AS_SYSTEM, (tx) => listAudits(tx, orgId, wanted));
  return rows.map(({ at, actor, actorName, difference, ...row }) => ({
    ...row,
    at: at.getTime(),
    /** A person by name; a key, a bot or a task as it is called. */
    actor: actor ?? actorName,
    difference: Object.entries(difference ?? {}).map(([field, [before, after]]) => ({
      field,
      before: inWords(before),
      after: inWords(after),
    })),
  }));
}

/** Rows that are read at a time for a file. */
const AT_ONCE = 1_000;

/** The same as a file, piece by piece, from the newest to the oldest; at most `MOST_AUDIT_ROWS`. */
export async function* writeAudit(caller: Caller, wanted: AuditFilter): AsyncGenerator<string> {
  yield csvLine(['time', 'who', 'kind', 'action', 'entity', 'id', 'difference', 'ip', 'device', 'request']);
  let cursor: Page['cursor'];
  for (let written = 0; written < MOST_AUDIT_ROWS; written += AT_ONCE) {
    const rows = await listAudit(caller, { ...wanted, limit: AT_ONCE, cursor });
    yield rows
      .map((row) =>
        csvLine([
          new Date(row.at).toISOString(),
          row.actor ?? '',
          row.actorKind ?? '',
          row.action,
          row.entity,
          row.entityId,
          row.difference.map(({ field, before, after }) => `${field}: ${before ?? ''} → ${after ?? ''}`).join('\n'),
          row.ip ?? '',
          row.device ?? '',
          row.requestId ?? '',
        ]),
      )
      .join('');
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    cursor = { at: last.at, id: last.id };
  }
}

/** Values as people read them: a list line by line, null for nothing. */
function inWords(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((one) => inWords(one) ?? '').join('\n');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
