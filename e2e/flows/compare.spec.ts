import type { Locator, Page } from '@playwright/test';
import { apiOf } from '../support/api.ts';
import { violationsInBothThemes } from '../support/axe.ts';
import { expectSaved, newFormula, register, setField } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const sentence = (page: Page, text: string): Locator => page.getByRole('button', { name: text, exact: true });

/** Saves the draft as a version; gives the version's id. */
async function saveVersion(page: Page, formulaId: string, message: string): Promise<string> {
  const { id } = await apiOf(page).version.create.mutate({ formulaId, message });
  return id;
}

test('two versions are compared, the draft is followed, and a link leads to one change', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const address = await newFormula(page, 'Compared');
  const formulaId = new URL(address).pathname.split('/').at(-1) ?? '';
  const first = await saveVersion(page, formulaId, 'as it was');
  await setField(page, 'fast', 'value', '12');
  await expectSaved(page);

  await test.step('from the list of versions to what has changed since, in words', async () => {
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByRole('link', { name: 'Compare version 1 with the draft' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Compare Compared' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Inputs' })).toContainText('fast 20 → 12');
  });

  await test.step('on the canvas with a sign and the old value, side by side, and in code', async () => {
    const fast = page.getByTestId('node-fast');
    await expect(fast).toHaveAttribute('data-change', 'changed');
    await sentence(page, 'fast 20 → 12').click();
    await expect(fast.locator('del')).toHaveText('20');
    await expect(fast.locator('ins')).toHaveText('12');
    await expect(page.getByRole('list', { name: 'Legend' })).toContainText('changed');
    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.getByText('Side by side').click();
    await expect(page.getByRole('region', { name: 'v1' }).getByTestId('node-fast')).toBeVisible();
    await expect(page.getByRole('region', { name: 'draft' }).getByTestId('node-fast')).toBeVisible();
    await page.getByText('Code', { exact: true }).click();
    const code = page.getByRole('list', { name: 'Code of both versions' });
    await expect(code).toContainText('input fast = 20');
    await page.getByText('By word').click();
    await expect(code.locator('del')).toHaveText('20');
    await expect(code.locator('ins')).toHaveText('12');
    expect(await violationsInBothThemes(page)).toEqual([]);
  });

  await test.step('what somebody edits meanwhile is there at once', async () => {
    const builder = await page.context().newPage();
    await builder.goto(address);
    await expectSaved(builder);
    await setField(builder, 'slow', 'value', '60');
    await expectSaved(builder);
    await expect(page.getByRole('region', { name: 'Inputs' })).toContainText(/slow \d+ → 60/);
    await builder.close();
  });

  await test.step('keys go from change to change, and the address keeps the change', async () => {
    await page.locator('body').press('n');
    await expect(page.getByRole('button', { name: /^slow \d+ → 60$/ })).toHaveAttribute('aria-current', 'true');
    await page.locator('body').press('p');
    await expect(sentence(page, 'fast 20 → 12')).toHaveAttribute('aria-current', 'true');
    await page.locator('body').press('n');
    await page.reload();
    await expect(page.getByRole('button', { name: /^slow \d+ → 60$/ })).toHaveAttribute('aria-current', 'true');
    await expect(page.getByRole('status').filter({ hasText: '2 of 2' })).toBeVisible();
    await page.locator('body').press('?');
    await expect(page.getByRole('dialog').getByText('Go to the next change')).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('two versions, swapped, and the same twice', async () => {
    const second = await saveVersion(page, formulaId, 'slower');
    await page.goto(`/formulas/${formulaId}/compare?from=${first}&to=${second}`);
    await expect(sentence(page, 'fast 20 → 12')).toBeVisible();
    await page.getByRole('button', { name: 'Swap the sides' }).click();
    await expect(sentence(page, 'fast 12 → 20')).toBeVisible();
    await page.goto(`/formulas/${formulaId}/compare?from=${first}&to=${first}`);
    await expect(page.getByText('v1 and v1 say the same, statement by statement.')).toBeVisible();
  });

  await test.step('the difference as Markdown and as one file', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(`/formulas/${formulaId}/compare?from=${first}`);
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await expect(page.getByText('Markdown copied')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('- fast 20 → 12');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download HTML' }).click();
    expect((await download).suggestedFilename()).toMatch(/^Compared- v1 → draft\.html$/);
  });
});

test('a version of another strategy is said to be none, and without versions there is nothing to compare', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const api = apiOf(page);
  const [mine, other] = [
    await api.formula.create.mutate({ name: 'Mine', code: 'buy(when: close > 1)\n' }),
    await api.formula.create.mutate({ name: 'Other', code: 'buy(when: close > 2)\n' }),
  ];
  await page.goto(`/formulas/${mine.id}/compare`);
  await expect(page.getByRole('heading', { name: 'No version to compare with' })).toBeVisible();
  const version = await saveVersion(page, other.id, '');
  await page.goto(`/formulas/${mine.id}/compare?from=${version}`);
  await expect(page.getByText('There is no such version')).toBeVisible();
  await page.goto(`/formulas/${mine.id}/compare?from=draft&to=${version}&other=${other.id}`);
  await expect(sentence(page, 'buy: when close > 1 → close > 2')).toBeVisible();
});

test('both sides run on the same bars: where they part, with values, figures and trades', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const address = await newFormula(page, 'Behaving');
  const formulaId = new URL(address).pathname.split('/').at(-1) ?? '';
  const first = await saveVersion(page, formulaId, 'as it was');
  await setField(page, 'fast', 'value', '12');
  await expectSaved(page);
  const status = page.getByRole('status');

  await test.step('two runs, and where they part', async () => {
    await page.goto(`/formulas/${formulaId}/compare?from=${first}`);
    await page.getByRole('tab', { name: 'Behaviour' }).click();
    await expect(page.getByRole('heading', { name: 'What do the two do differently?' })).toBeVisible();
    await page.getByRole('button', { name: 'Run both' }).click();
    await expect(status.filter({ hasText: 'The two part at' })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('group', { name: 'Equity of v1 and draft, and their difference' })).toBeVisible();
    await expect(page.getByRole('table', { name: 'Markets' })).toContainText('%');
  });

  await test.step('the values of both at this bar, the figures, the trades', async () => {
    const values = page.getByRole('table', { name: 'Values where they part' });
    await expect(values.getByRole('row', { name: /^fast~/ })).toContainText(/20.*12/);
    await expect(values.getByRole('row', { name: /^fastLine/ })).toBeVisible();
    await expect(values.getByRole('row', { name: /^cross/ }).first()).toContainText(/true|false/);
    await page.getByRole('tab', { name: 'Metrics' }).click();
    await expect(page.getByRole('table', { name: 'Metrics of both' })).toContainText(/better|worse/);
    await page.getByRole('tab', { name: 'Trades', exact: false }).click();
    await expect(page.getByRole('table', { name: 'Trades that differ' })).toBeVisible();
    expect(await violationsInBothThemes(page)).toEqual([]);
  });

  await test.step('an edit since is told, and the same question costs no other run', async () => {
    const runs = async (): Promise<number> => (await apiOf(page).backtest.list.query({})).length;
    const before = await runs();
    await page.getByRole('button', { name: 'Run both again' }).click();
    await expect(status.filter({ hasText: 'The two part at' })).toBeVisible();
    expect(await runs()).toBe(before);
    const builder = await page.context().newPage();
    await builder.goto(address);
    await expectSaved(builder);
    await setField(builder, 'fast', 'value', '13');
    await expectSaved(builder);
    await builder.close();
    await expect(page.getByText('The draft has changed since these runs')).toBeVisible();
  });
});
