import { foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import { instant } from './columns.ts';
import { formulas } from './formulas.ts';

/** The realtime servers that are alive. */
export const realtimeServers = pgTable('realtime_servers', {
  id: uuid('id').primaryKey(),
  /** For people: the machine and the process. */
  name: text('name').notNull(),
  beatAt: instant('beat_at').notNull().defaultNow(),
});

/** Which documents people have open on which server. Goes with the server. */
export const openDocuments = pgTable(
  'open_documents',
  {
    serverId: uuid('server_id')
      .notNull()
      .references(() => realtimeServers.id, { onDelete: 'cascade' }),
    formulaId: uuid('formula_id').$type<FormulaId>().notNull(),
    orgId: uuid('org_id').$type<OrgId>().notNull(),
    people: integer('people').notNull(),
    /** As in the snapshot, but as of now. */
    clients: integer('clients').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.serverId, table.formulaId] }),
    index('open_documents_org').on(table.orgId, table.formulaId),
    foreignKey({ columns: [table.orgId, table.formulaId], foreignColumns: [formulas.orgId, formulas.id] }).onDelete(
      'cascade',
    ),
  ],
);
