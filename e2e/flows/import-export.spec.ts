import type { Page } from '@playwright/test';
import { isReadable, readFile } from '#core/formula/check/read-file.ts';
import { toJson } from '#core/formula/json/json.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { parse } from '#core/formula/language/parse.ts';
import { dropFiles, textOf, upload, type TextFile } from '../support/files.ts';
import { code, expectSaved, invite, join, newFormula, node, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const CODE =
  '# Rides the trend\ninput length = 20 in 5..100\n\nline = sma(close, length)\n\nbuy(when: close > line, stop: 8%)\nsell(when: close < line)\n';
const HASH = contentHash(parse(CODE).formula);

const GOOD_CODE: TextFile = { name: 'Trend follower.loom', text: CODE };
const GOOD_JSON: TextFile = {
  name: 'Channel.json',
  text: toJson(parse('top = highest(high, 55)[1]\n\nbuy(when: close > top)\n').formula),
};
const BROKEN: TextFile = { name: 'Broken.loom', text: 'a = smaa(close, 20)\nb = rsi(close, 1)\nbuy(when: a > b)\n' };
const TORN: TextFile = { name: 'Torn.json', text: '{\n  "format": "alphaloom/formula@1",\n  "nodes": {},\n}' };

const hashOf = (text: string): string => {
  const file = readFile(text);
  expect(isReadable(file)).toBe(true);
  return contentHash(file.formula);
};

/** Drops a good file on the list of formulas and waits until it is one of them. */
async function importByDrop(page: Page, file: TextFile): Promise<void> {
  await page.goto('/formulas');
  await dropFiles(page.getByRole('heading', { name: 'Strategies', exact: true }), [file]);
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText('1 imported');
  await page.getByRole('button', { name: 'Done' }).click();
}

const report = (page: Page, file: string) =>
  page.getByRole('list', { name: 'Files' }).getByRole('listitem').filter({ hasText: file });

/** Saves the formula by its menu, which is open on the page where it stands. */
async function saveAs(page: Page, name: string, item: RegExp): Promise<{ file: string; text: string }> {
  await page.getByRole('button', { name: `More about ${name}`, exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ]);
  return { file: download.suggestedFilename(), text: await textOf(download) };
}

test('several files are dropped at once: the good ones become formulas, the others are refused with all that is wrong', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await page.goto('/formulas');
  await dropFiles(page.getByRole('heading', { name: 'Strategies', exact: true }), [
    GOOD_JSON,
    BROKEN,
    GOOD_CODE,
    TORN,
    { name: 'photo.png', text: 'not a formula' },
  ]);

  const dialog = page.getByRole('dialog', { name: 'Import strategies' });
  await expect(dialog.getByRole('status')).toHaveText('2 imported, 3 refused');
  await expect(report(page, 'Channel.json')).toContainText('Imported as Channel');
  await expect(report(page, 'Trend follower.loom')).toContainText('Imported as Trend follower');
  await expect(report(page, 'Broken.loom')).toContainText('2 things are wrong; nothing was imported.');
  await expect(report(page, 'Broken.loom')).toContainText(/Line 1, column 5: .*Did you mean `sma`/);
  await expect(report(page, 'Broken.loom')).toContainText(/Line 2, column 1: .*timePeriod/);
  await expect(report(page, 'Torn.json')).toContainText(/Line [34], column \d+: This is no JSON/);
  await expect(report(page, 'photo.png')).toContainText('Only .loom, .json, .txt are taken.');

  await test.step('the same file again gets a name of its own', async () => {
    await dialog.locator('input[type=file]').setInputFiles([upload(GOOD_CODE)]);
    await expect(dialog.getByRole('status')).toHaveText('3 imported, 3 refused');
    await expect(dialog.getByRole('link', { name: 'Trend follower 2' })).toBeVisible();
  });

  await test.step('nothing of the refused files is there', async () => {
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('row')).toHaveCount(4);
    for (const name of ['Channel', 'Trend follower', 'Trend follower 2'])
      await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
  });
});

test('what is exported comes back as the same strategy, as code and as JSON, from the list and from the builder', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await importByDrop(page, GOOD_CODE);

  const asCode = await saveAs(page, 'Trend follower', /Save as code/);
  const asJson = await saveAs(page, 'Trend follower', /Save as JSON/);
  expect([asCode.file, asJson.file]).toEqual(['Trend follower.loom', 'Trend follower.json']);
  expect([hashOf(asCode.text), hashOf(asJson.text)]).toEqual([HASH, HASH]);

  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles([
      upload({ name: asCode.file, text: asCode.text }),
      upload({ name: asJson.file, text: asJson.text }),
    ]);
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText('2 imported');
  await page.getByRole('link', { name: 'Trend follower 3' }).click();
  await expect(code(page)).toContainText('line = sma(close, length)');
  await expectSaved(page);

  await test.step('the builder exports what is on screen', async () => {
    expect(hashOf((await saveAs(page, 'Trend follower 3', /Save as JSON/)).text)).toBe(HASH);
    await page.getByRole('button', { name: 'More about Trend follower 3' }).click();
    await page.getByRole('menuitem', { name: 'Copy as code' }).click();
    await expect(page.getByText('Code copied')).toBeVisible();
    expect(hashOf(await page.evaluate(() => navigator.clipboard.readText()))).toBe(HASH);
  });
});

test('in the builder a file can take the place of the formula, and undo brings it back', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await newFormula(page, 'Mine');
  await expect(node(page, 'fastLine')).toBeVisible();
  await page.getByRole('button', { name: 'More about Mine' }).click();
  await page.getByRole('menuitem', { name: 'Replace with a file…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replace with a file' });
  await dialog.locator('input[type=file]').setInputFiles(upload(BROKEN));
  await expect(dialog.getByRole('alert')).toContainText('Broken.loom was not taken');
  await expect(dialog.getByRole('alert')).toContainText('Line 2, column 1');
  await dropFiles(dialog, [GOOD_CODE]);
  await expect(dialog).toBeHidden();
  await expect(node(page, 'line')).toBeVisible();
  await expect(node(page, 'fastLine')).toHaveCount(0);
  await expect(code(page)).toContainText('buy(when: close > line, stop: 8%)');

  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(node(page, 'fastLine')).toBeVisible();
  await expect(code(page)).toContainText('crossover(fastLine, slowLine)');

  await test.step('files that are dropped there, even on the code, become formulas of their own', async () => {
    await dropFiles(code(page), [GOOD_CODE]);
    await expect(page.getByRole('dialog', { name: 'Import strategies' }).getByRole('status')).toHaveText('1 imported');
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(code(page)).not.toContainText('Rides the trend');
  });
});

test('a viewer can export, and can import nothing', async ({ newPerson }) => {
  const [ada, vera] = [await newPerson('Ada'), await newPerson('Vera')];
  await register(ada);
  await importByDrop(ada.page, GOOD_CODE);
  await join(vera, await invite(ada.page, 'Viewer'));
  await vera.page.goto('/formulas');

  expect(hashOf((await saveAs(vera.page, 'Trend follower', /Save as code/)).text)).toBe(HASH);
  await expect(vera.page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await dropFiles(vera.page.getByRole('heading', { name: 'Strategies', exact: true }), [GOOD_JSON]);
  await expect(vera.page.getByText('Your role does not allow this')).toBeVisible();
  await expect(vera.page.getByRole('dialog')).toHaveCount(0);
  await expect(vera.page.getByRole('row')).toHaveCount(2);
});
