import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { storeDocument } from '#server/realtime/testing/harness.ts';
import { callAs } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();

/** A document of a megabyte that is quickly read. */
function megabyte(): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap('meta').set('epilogue', 'x'.repeat(1_000_000));
  return Y.encodeStateAsUpdate(doc);
}

it('the documents that procedures read are paid for by their bytes, by the person and not by a neighbour', async () => {
  const orgId = await createOrganisation(api.db);
  const [ada, ben] = [await createMember(api.db, orgId, 'editor'), await createMember(api.db, orgId, 'editor')];
  const id = await storeDocument(api.db, orgId, megabyte());
  const call = callAs(api.runtime, ada);
  for (let i = 0; i < 3; i += 1) await call.formula.export({ id });
  const reads = [
    () => call.formula.export({ id }),
    () => call.formula.duplicate({ id }),
    () => call.version.create({ formulaId: id, message: '' }),
    () => call.document.damage({ formulaId: id }),
    () => call.formula.create({ name: 'Large', code: `# ${'x'.repeat(190_000)}\n`.repeat(1) }),
  ];
  // The fourth megabyte may or may not be whole; the fifth is not.
  await reads[4]?.();
  for (const read of reads.slice(0, 4))
    await expect(read()).rejects.toMatchObject({
      message: expect.stringMatching(/^You asked for too many large strategies in a short time/) as unknown,
    });
  expect((await callAs(api.runtime, ben).formula.export({ id })).name).toBe('Test');
});

it('no use-case reads a document past who pays for it', () => {
  const readers = globSync('server/{use-cases,api}/**/*.ts')
    .filter((file) => !file.includes('.test.') && !file.includes('/testing/'))
    .filter((file) => /\b(?:loadDocument|loadStoredRows)\b/.test(readFileSync(file, 'utf8')));
  expect(readers).toEqual(['server/use-cases/document/pay-for-loads.ts']);
});
