import { listAudits, type AuditFilter } from '#server/db/queries/audit.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { read, readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';

/** The role of the app can't read the audit: a hole in the app teaches nobody what others did. */
const AS_SYSTEM = freely('the audit is read by the system’s role alone, of the organisation of whoever may read it');

/** What happened in the organisation, the newest first. */
export async function listAudit(caller: Caller, wanted: AuditFilter & Page) {
  const { orgId } = caller.principal;
  await read(caller, 'audit.read', async () => undefined);
  const rows = await readAcross(caller.db, AS_SYSTEM, (tx) => listAudits(tx, orgId, wanted));
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

/** Values as people read them: a list line by line, null for nothing. */
function inWords(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((one) => inWords(one) ?? '').join('\n');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
