import type { Page } from '@playwright/test';
import { apiOf } from '../support/api.ts';
import { violationsInBothThemes } from '../support/axe.ts';
import { dropFiles, textOf } from '../support/files.ts';
import { code, expectSaved, newFormula, register, setField } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const versions = (page: Page) => page.getByRole('region', { name: 'Versions' });
const idIn = (address: string) => new URL(address).pathname.split('/').at(2) ?? '';

test('a history is searched, an old version looked at, restored and the restore taken back', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const address = await newFormula(page, 'Told');
  const formulaId = idIn(address);
  const api = apiOf(page);
  const first = await api.version.create.mutate({ formulaId, message: 'As it was' });
  await api.version.label.mutate({ id: first.id, name: 'Good one', tags: ['checked'] });
  await setField(page, 'fast', 'value', '12');
  await expectSaved(page);
  await api.version.create.mutate({ formulaId, message: 'Slower' });
  await setField(page, 'slow', 'value', '70');
  await expectSaved(page);

  await test.step('the panel tells versions and who has worked since', async () => {
    await page.getByRole('tab', { name: 'Versions' }).click();
    await expect(versions(page)).toContainText('Slower');
    await expect(versions(page)).toContainText('Good one');
    await expect(versions(page).getByRole('list', { name: 'Work on the draft' }).first()).toContainText('Ada');
    await page.getByRole('link', { name: 'Search, restore and branch' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'History of Told' })).toBeVisible();
  });

  await test.step('words, a tag and an author lead to a version', async () => {
    await page.getByRole('searchbox', { name: 'Search the versions' }).fill('good');
    await expect(versions(page)).toContainText('As it was');
    await expect(versions(page)).not.toContainText('Slower');
    await page.getByRole('searchbox', { name: 'Search the versions' }).fill('nobody wrote this');
    await expect(page.getByText('No version is like this')).toBeVisible();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('combobox', { name: 'Tag' }).click();
    await page.getByRole('option', { name: 'checked' }).click();
    await expect(versions(page)).not.toContainText('Slower');
    await page.getByRole('button', { name: 'Show version 1' }).click();
  });

  await test.step('it is shown on the canvas and in code, and can not be edited', async () => {
    const shown = page.getByRole('region', { name: 'Version 1', exact: true });
    await expect(shown.getByTestId('node-fast').getByLabel('value', { exact: true })).toBeDisabled();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await shown.getByText('Code', { exact: true }).click();
    await expect(shown.getByLabel('Version 1 as code')).toContainText('input fast = 20');
  });

  await test.step('restored, it is the draft for everybody; taken back, the draft is as before, and newer edits stay', async () => {
    const builder = await page.context().newPage();
    await builder.goto(address);
    await expectSaved(builder);
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect(page.getByText('Version 1 restored')).toBeVisible();
    await expect(code(builder)).toContainText('input fast = 20');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(page.getByText('Taken back')).toBeVisible();
    await expect(code(builder)).toContainText('input fast = 12');
    await expect(code(builder)).toContainText('input slow = 70');
    await builder.close();
  });
});

test('a version is found by its row, its address and its number, and a first one is saved where there is none', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const api = apiOf(page);
  const { id: formulaId } = await api.formula.create.mutate({ name: 'Found', code: 'buy(when: close > 1)' });
  const address = `/formulas/${formulaId}/history`;
  const title = (number: number) => page.getByRole('heading', { level: 2, name: `Version ${number}` });

  await test.step('without a version there is a button for the first, and nothing to search', async () => {
    await page.goto(address);
    await expect(page.getByRole('searchbox', { name: 'Search the versions' })).toBeHidden();
    await page.getByRole('button', { name: 'Save the first version' }).click();
    await expect(title(1)).toBeVisible();
  });
  for (const message of ['Second', 'Third']) await api.version.create.mutate({ formulaId, message });

  await test.step('a click anywhere in its row shows it, and a reload and a link show the same', async () => {
    await page.reload();
    await expect(title(3)).toBeVisible();
    await versions(page).getByText('Second').click();
    await expect(title(2)).toBeVisible();
    await expect(page).toHaveURL(/version=2$/);
    await page.reload();
    await expect(title(2)).toBeVisible();
    await page.goto(`${address}?version=7`);
    await expect(page.getByRole('heading', { name: 'There is no such version' })).toBeVisible();
  });

  await test.step('by the keyboard alone', async () => {
    await page.getByRole('button', { name: 'Show version 3' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(title(1)).toBeVisible();
  });

  await test.step('Enter in a field of the dialog presses its button, once', async () => {
    await page.getByRole('button', { name: 'Name and tags…' }).click();
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Beginning');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(versions(page)).toContainText('Beginning');
    await page.getByRole('button', { name: 'Branch…' }).click();
    await page.getByRole('dialog').getByLabel('Name of the branch').fill('Once');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/formulas\/[0-9a-f-]{36}$/);
    expect((await api.formula.list.query()).map(({ name }) => name).toSorted()).toEqual(['Found', 'Once']);
  });

  await test.step('to compare, any version is searched for', async () => {
    await page.goto(`/formulas/${formulaId}/compare`);
    await page.getByRole('button', { name: 'From: version: v3' }).click();
    await page.getByPlaceholder('Message, name, tag, author or v12').fill('beginning');
    await page.getByRole('option', { name: /v1 · Beginning/ }).click();
    await expect(page.getByRole('button', { name: 'From: version: v1' })).toBeVisible();
  });
});

test('a strategy leaves with its history and comes back as another one', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const address = await newFormula(page, 'Travelling');
  await apiOf(page).version.create.mutate({ formulaId: idIn(address), message: 'Packed' });
  await page.getByRole('button', { name: 'More about Travelling' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Save with its history (.json)' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Travelling.history.json');
  await page.goto('/formulas');
  await dropFiles(page.getByRole('heading', { name: 'Strategies', exact: true }), [
    { name: 'Travelling.history.json', text: await textOf(download) },
  ]);
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText('1 imported');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'Travelling 2' }).click();
  await expectSaved(page);
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(versions(page)).toContainText('Packed');
  await expect(versions(page)).toContainText('imported by Ada');
});

test('two thousand versions are scrolled through, of which only those in sight are drawn', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const api = apiOf(page);
  const { id } = await api.formula.create.mutate({ name: 'Seed', code: 'buy(when: close > 1)' });
  await api.version.create.mutate({ formulaId: id, message: 'one' });
  const { text } = await api.history.export.query({ formulaId: id });
  const file = JSON.parse(text) as { name: string; versions: { number: number; message: string }[] };
  const [only] = file.versions;
  file.name = 'Long';
  file.versions = Array.from({ length: 2_000 }, (_, at) => ({ ...only, number: at + 1, message: `Message ${at + 1}` }));
  const made = await api.history.import.mutate({ text: JSON.stringify(file) });
  await page.goto(`/formulas/${made.id}/history`);
  await expect(versions(page)).toContainText('Message 2000');
  expect(await versions(page).getByRole('listitem').count()).toBeLessThan(80);
  await page.getByRole('searchbox', { name: 'Search the versions' }).fill('v17');
  await expect(versions(page)).toContainText('Message 17');
  await page.getByRole('searchbox', { name: 'Search the versions' }).fill('');
  await expect(versions(page)).toContainText('Message 2000');
  // Page after page comes as the end comes in sight.
  await expect
    .poll(async () => {
      await versions(page).evaluate((list) => list.scrollTo({ top: list.scrollHeight }));
      return versions(page).getByText('Message 1', { exact: true }).count();
    })
    .toBe(1);
  expect(await versions(page).getByRole('listitem').count()).toBeLessThan(80);
});
