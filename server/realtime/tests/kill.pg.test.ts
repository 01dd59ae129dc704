import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { rootsOf } from '#collab/document-roots.ts';
import { toFormula } from '#collab/to-formula.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { freePort } from '#server/network/free-port.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { createFormula, openFormula, serveRealtime, signIn } from '../testing/harness.ts';

/** `npm run test:soak` kills it a hundred times. */
const ROUNDS = Math.round(4 * SCALE);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

async function start(port: number): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [new URL('../testing/hold-realtime.ts', import.meta.url).pathname, JSON.stringify(database.urls), String(port)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

describe('a server that is killed', () => {
  it(
    'has lost nothing that it acknowledged, and people go on with all they did',
    // A round starts two servers and waits for reconnections: 4 s on an idle machine, 15 s beside other tests.
    { timeout: 45_000 * ROUNDS },
    async () => {
      const orgId = await createOrganisation(database.db);
      const formulaId = await createFormula(database.db, orgId);
      const cookie = await signIn(database.db, await createMember(database.db, orgId, 'editor'));
      const port = await freePort();
      // One is at the server that is killed, the other at one that lives.
      const other = await serveRealtime(database);
      const editors = [`ws://127.0.0.1:${port}/collab`, other.url].map((url) => openFormula(url, formulaId, cookie));
      let made = 0;
      const edit = (): void => {
        made += 1;
        const editor = editors[made % 2];
        if (editor)
          writeEdits(
            editor.doc,
            [{ type: 'addNode', id: `n${made}`, node: { block: 'sma', args: { timePeriod: made } } }],
            'someone',
          );
      };
      const back: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const since = performance.now();
        const child = await start(port);
        back.push(performance.now() - since);
        await vi.waitFor(
          () => expect(editors.every(({ connection }) => connection.getStatus().connection === 'online')).toBe(true),
          { timeout: 40_000, interval: 5 },
        );
        const acknowledged = new Set<string>();
        const stops = editors.map(({ connection, doc }) =>
          connection.subscribe(() => {
            if (connection.getStatus().saved === 'saved')
              for (const id of rootsOf(doc).nodes.keys()) acknowledged.add(id);
          }),
        );
        for (let i = 0; i < 30; i++) {
          edit();
          // Lets the messages go out one by one, so that the kill comes between some of them.
          await new Promise((resolve) => setImmediate(resolve));
        }
        await vi.waitFor(() => expect(acknowledged.size).toBeGreaterThan(round * 30), { timeout: 40_000, interval: 1 });
        for (let i = 0; i < 10; i++) edit();
        child.kill('SIGKILL');
        await once(child, 'exit');
        stops.forEach((stop) => stop());
        const fresh = await serveRealtime(database);
        const doc = new Y.Doc();
        Y.applyUpdate(doc, await fresh.realtime.snapshot(formulaId));
        await fresh.close();
        const { nodes } = toFormula(doc).formula;
        expect([...acknowledged].filter((id) => !Object.hasOwn(nodes, id))).toEqual([]);
      }
      const child = await start(port);
      await vi.waitFor(
        () => {
          for (const { connection, doc } of editors) {
            expect(connection.getStatus()).toMatchObject({ saved: 'saved', unsaved: 0 });
            expect(Object.keys(toFormula(doc).formula.nodes)).toHaveLength(made + 2);
          }
        },
        { timeout: 40_000, interval: 10 },
      );
      if (ROUNDS > 4)
        process.stdout.write(
          `killed ${ROUNDS} times, serves again after ${back.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]?.toFixed(0)} ms (median), ${Math.max(...back).toFixed(0)} ms (longest); ${made} edits, none lost\n`,
        );
      for (const { connection } of editors) connection.destroy();
      child.kill('SIGKILL');
      await once(child, 'exit');
      await other.close();
    },
  );
});
