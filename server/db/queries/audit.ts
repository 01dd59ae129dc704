import type { Tx } from '../database.ts';
import { auditLog } from '../schema/index.ts';

export async function insertAudit(tx: Tx, entry: Omit<typeof auditLog.$inferInsert, 'id' | 'at'>): Promise<void> {
  await tx.insert(auditLog).values(entry);
}
