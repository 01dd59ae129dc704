import type { Tx } from '../database.ts';
import { auditLog } from '../schema/index.ts';

export async function insertAudits(
  tx: Tx,
  entries: readonly Omit<typeof auditLog.$inferInsert, 'id' | 'at'>[],
): Promise<void> {
  if (entries.length > 0) await tx.insert(auditLog).values([...entries]);
}
