import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type * as Y from 'yjs';
import type { CopyStore } from '#collab/copy/store.ts';
import type { Replica } from '#collab/replica.ts';
import { toFormula } from '#collab/to-formula.ts';
import { writeEdits } from '#collab/write-edits.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import { readStored } from '#server/compute/formula/read-stored.ts';
import { withOrg } from '#server/db/database.ts';
import { loadDocument } from '#server/db/queries/documents.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import type { Limits } from '../limits.ts';
import { createFormula, openTab, ORIGIN, rebaseFormula, serveRealtime, signIn, type TestServer } from './harness.ts';

export const until = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 15_000, interval: 5 });
export const online = (tab: Replica): Promise<void> =>
  until(() => expect(tab.getStatus()).toMatchObject({ connection: 'online', canEdit: true }));
export const saved = (tab: Replica): Promise<void> =>
  until(() => expect(tab.getStatus()).toMatchObject({ saved: 'saved', unsaved: 0 }));
export const edit = (tab: Replica, ...edits: Edit[]): void => writeEdits(tab.doc, edits, ORIGIN);

export const period = (arg: number): Edit => ({ type: 'setArg', id: 'fast', port: 'timePeriod', arg });
export const add = (id: string): Edit => ({ type: 'addNode', id, node: { block: 'sma', args: { timePeriod: 3 } } });
export const formulaIn = (doc: Y.Doc): Formula => toFormula(doc).formula;
export const periodIn = (doc: Y.Doc): unknown => formulaIn(doc).nodes['fast']?.args['timePeriod'];

/** For the tests of one file: a database, and for each test a server, a formula, and tabs that are closed after it. */
export function testTabs() {
  let database: TestDatabase;
  let server: TestServer;
  let orgId: OrgId;
  let formulaId: FormulaId;
  const opened: { destroy(): unknown }[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    orgId = await createOrganisation(database.db);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    server = await serveRealtime(database);
    formulaId = await createFormula(database.db, orgId);
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.destroy();
    await server.close();
  });
  const cookieOf = async (role: 'editor' | 'viewer' = 'editor'): Promise<string> =>
    signIn(database.db, await createMember(database.db, orgId, role));
  return {
    get database() {
      return database;
    },
    get db() {
      return database.db;
    },
    get server() {
      return server;
    },
    get orgId() {
      return orgId;
    },
    get formulaId() {
      return formulaId;
    },
    cookieOf,
    /** Closes it after the test, whatever happens. */
    closeLater: <T extends { destroy(): unknown }>(one: T): T => (opened.push(one), one),
    open: async (store: CopyStore | null = null, cookie?: string, url = server.url): Promise<Replica> => {
      const tab = await openTab(url, formulaId, cookie ?? (await cookieOf()), store);
      opened.push(tab);
      return tab;
    },
    /** What the database has of the document. */
    stored: () =>
      withOrg(database.db, orgId, async (tx) => {
        const document = await loadDocument(tx, formulaId);
        if (!document) throw new Error('a document');
        return { epoch: document.epoch, rows: document.updates.length - 1, doc: readStored(document) };
      }),
    rebase: (): Promise<number | null> => rebaseFormula(database.db, orgId, formulaId),
    /** Stops the server; what comes back is on the same port. */
    away: async (): Promise<(limits?: Partial<Limits>) => Promise<void>> => {
      const port = Number(new URL(server.url).port);
      await server.close();
      return async (limits = {}) => {
        server = await serveRealtime(database, limits, port);
      };
    },
  };
}
