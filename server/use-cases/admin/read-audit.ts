import type { AuditFilter } from '#server/db/queries/audit.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import type { Person } from '#server/policies/principal.ts';
import { presentAudits } from '../audit/list-audit.ts';
import { verifyChain } from '../audit/verify-audit.ts';
import type { Caller } from '../context.ts';
import { requireAdmin } from './as-admin.ts';

/** What happened in the installation: in no organisation. */
export async function listInstallationAudit(caller: Caller<Person>, wanted: AuditFilter & Page) {
  await requireAdmin(caller);
  return presentAudits(caller.db, null, wanted);
}

export async function verifyInstallationAudit(caller: Caller<Person>) {
  await requireAdmin(caller);
  return verifyChain(caller.db, null);
}
