import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { toJson } from '#core/formula/json/json.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { OrgId } from '#core/requests/ids.ts';
import { asSystem } from '#server/db/database.ts';
import { auditLog } from '#server/db/schema/index.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const CODE = '# Rides the trend\nline = sma(close, 20)\n\nbuy(when: close > line)\n';
const JSON_TEXT = toJson({ ...parse(CODE).formula, layout: { n1: { x: 10, y: 20 } } });

const api = testApi();
let orgId: OrgId;
let call: Caller;

beforeEach(async () => {
  orgId = await createOrganisation(api.db);
  call = callAs(api.runtime, await createMember(api.db, orgId, 'editor'));
});

const names = async () => (await call.formula.list()).map(({ name }) => name).toSorted();

describe('importing a formula', () => {
  it('takes code and JSON, names it after its file, and puts it on record', async () => {
    const code = await call.formula.import({ fileName: 'Trend.loom', text: CODE });
    expect(code).toMatchObject({ name: 'Trend', warnings: [] });
    await call.formula.import({ fileName: 'Other trend.json', text: JSON_TEXT });
    await call.formula.import({ fileName: 'plain.txt', text: JSON_TEXT });
    expect(await names()).toEqual(['Other trend', 'Trend', 'plain']);
    const log = await asSystem(api.db, (tx) =>
      tx
        .select()
        .from(auditLog)
        .where(sql`entity_id = ${code.id}`),
    );
    expect(log).toMatchObject([{ action: 'formula.imported', difference: { name: [null, 'Trend'] } }]);
  });

  it('gives names that are free, even to files that come together', async () => {
    await call.formula.create({ name: 'trend' });
    const imported = await Promise.all(
      Array.from({ length: 6 }, () => call.formula.import({ fileName: 'Trend.loom', text: CODE })),
    );
    expect(imported.map(({ name }) => name).toSorted()).toEqual([
      'Trend 2',
      'Trend 3',
      'Trend 4',
      'Trend 5',
      'Trend 6',
      'Trend 7',
    ]);
  });

  it('does not know the names of another organisation', async () => {
    await call.formula.import({ fileName: 'Trend.loom', text: CODE });
    const stranger = callAs(api.runtime, await createMember(api.db, await createOrganisation(api.db), 'editor'));
    expect(await stranger.formula.import({ fileName: 'Trend.loom', text: CODE })).toMatchObject({ name: 'Trend' });
  });

  it.each([
    [
      'code that can not be read',
      'a = = 1\nb = )\n',
      [expect.stringMatching(/^Line 1, /), expect.stringMatching(/^Line 2, /)],
    ],
    [
      'code that does not check',
      'a = rsi(close, 1)\nbuy(when: a > 30)\n',
      [expect.stringMatching(/^Line 1, column 1: /)],
    ],
    [
      'JSON with wrong nodes',
      '{"format":"alphaloom/formula@1","nodes":{"n1":{"block":"smaa"},"n2":{"block":"sma","args":{"source":{"from":"n9"}}}}}',
      [expect.stringMatching(/: nodes\.n1\.block: /), expect.stringMatching(/: nodes\.n2\.args\.source: /)],
    ],
    [
      'JSON with a mistake',
      '{"format": "alphaloom/formula@1",\n"nodes": {},}',
      [expect.stringMatching(/^Line 2, column 13: /)],
    ],
    ['an empty file', '\n', ['The file is empty.']],
  ])('refuses %s, says all that is wrong, and stores nothing', async (_what, text, problems) => {
    const attempt = call.formula.import({ fileName: 'Broken.loom', text });
    await expect(attempt).rejects.toMatchObject({
      code: 'UNPROCESSABLE_CONTENT',
      cause: { code: 'FORMULA_INVALID', details: { problems, problemCount: problems.length } },
    });
    expect(await names()).toEqual([]);
    const log = await asSystem(api.db, (tx) =>
      tx
        .select()
        .from(auditLog)
        .where(sql`org_id = ${orgId}`),
    );
    expect(log).toEqual([]);
  });

  it('tells the first hundred of many problems, and their number', async () => {
    const nodes = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`n${index}`, { block: 'nothing' }]));
    const attempt = call.formula.import({
      fileName: 'x.json',
      text: JSON.stringify({ format: 'alphaloom/formula@1', nodes }),
    });
    await expect(attempt).rejects.toMatchObject({
      cause: { details: { problemCount: 150, problems: { length: 100 } } },
    });
  });

  it('lets warnings pass and tells them', async () => {
    const { warnings } = await call.formula.import({
      fileName: 'x.loom',
      text: 'unused = sma(close, 20)\nbuy(when: close > 1)\n',
    });
    expect(warnings).toEqual([expect.stringMatching(/^Line 1, column 1: /)]);
  });

  it('refuses a file that is too long before it is read', async () => {
    await expect(call.formula.import({ fileName: 'x.loom', text: '#'.repeat(4_000_001) })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('takes the role of an editor', async () => {
    const viewer = callAs(api.runtime, await createMember(api.db, orgId, 'reviewer'));
    await expect(viewer.formula.import({ fileName: 'x.loom', text: CODE })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('exporting a formula', () => {
  it('gives code and JSON that come back as the same strategy', async () => {
    const { id } = await call.formula.import({ fileName: 'Trend.loom', text: CODE });
    const exported = await call.formula.export({ id });
    expect(exported).toMatchObject({ name: 'Trend', contentHash: contentHash(parse(CODE).formula) });
    for (const text of [exported.code, exported.json]) {
      const again = await call.formula.import({ fileName: 'Again.loom', text });
      expect((await call.formula.export({ id: again.id })).contentHash).toBe(exported.contentHash);
    }
  });

  it('keeps the places of the nodes in JSON', async () => {
    const { id } = await call.formula.import({ fileName: 'Trend.json', text: JSON_TEXT });
    expect(JSON.parse((await call.formula.export({ id })).json)).toMatchObject({ layout: { n1: { x: 10, y: 20 } } });
  });

  it('is for everybody in the organisation, and for nobody else', async () => {
    const { id } = await call.formula.import({ fileName: 'Trend.loom', text: CODE });
    const viewer = callAs(api.runtime, await createMember(api.db, orgId, 'viewer'));
    expect(await viewer.formula.export({ id })).toMatchObject({ name: 'Trend' });
    const stranger = callAs(api.runtime, await createMember(api.db, await createOrganisation(api.db), 'owner'));
    await expect(stranger.formula.export({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
