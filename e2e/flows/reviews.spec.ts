import type { Page } from '@playwright/test';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { idOf } from '#core/requests/ids.ts';
import { apiOf } from '../support/api.ts';
import { violationsInBothThemes } from '../support/axe.ts';
import { invite, join, openSeed, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const FIRST = 'fast = sma(close, 10)\nbuy(when: close > fast)\nsell(when: close < fast)';

const badge = (page: Page) => page.getByRole('heading', { level: 1 });
const side = (page: Page) => page.getByRole('complementary', { name: 'Review' });
const idOfReview = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** Types over all of the code pane, as a colleague in the builder does. */
async function retype(page: Page, code: string): Promise<void> {
  const editor = page.locator('.cm-content').first();
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(code);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
}

test('a version is asked about, discussed, approved, stale, approved again and published', async ({ newPerson }) => {
  test.slow();
  const [ada, rita, ben] = [await newPerson('Ada'), await newPerson('Rita'), await newPerson('Ben')];
  await register(ada);
  await join(rita, await invite(ada.page, 'Reviewer'));
  await join(ben, await invite(ada.page, 'Editor'));
  await apiOf(ada.page).policy.set.mutate({ approvals: 1, roles: ['reviewer'] });
  const address = await openSeed(ada.page, { name: 'Cross', code: FIRST });
  await rita.page.goto('/reviews');
  await ben.page.goto(address);

  await test.step('Ada asks Rita from the builder', async () => {
    await ada.page.getByRole('button', { name: 'Ask for review' }).click();
    const dialog = ada.page.getByRole('dialog');
    await dialog.getByLabel('Title').fill('First look');
    await dialog.getByLabel('Description').fill('Is ten too fast?');
    await dialog.getByRole('checkbox', { name: /Rita/ }).click();
    await dialog.getByRole('button', { name: 'Ask for review' }).click();
    await expect(ada.page).toHaveURL(/\/reviews\/[0-9a-f-]{36}$/);
    await expect(badge(ada.page)).toContainText('First look');
  });

  await test.step('Rita sees that it waits for her, without a reload', async () => {
    await expect(rita.page.getByRole('navigation', { name: 'Main' }).getByLabel('1 waiting for you')).toBeVisible();
    await rita.page.getByRole('link', { name: 'First look' }).click();
    await expect(rita.page.getByText('Is ten too fast?')).toBeVisible();
  });

  await test.step('she comments on a change, and Ada sees it live', async () => {
    await rita.page.getByRole('button', { name: 'Comment on this change' }).first().click();
    await rita.page.getByRole('textbox', { name: 'Comment on this change' }).fill('Try twenty.');
    await rita.page.getByRole('button', { name: 'Comment', exact: true }).click();
    await expect(ada.page.getByText('Try twenty.')).toBeVisible();
  });

  await test.step('what she has half written stays when the page is loaded anew', async () => {
    await side(rita.page).getByLabel('Note').fill('Nearly');
    await rita.page.reload();
    await expect(side(rita.page).getByLabel('Note')).toHaveValue('Nearly');
  });

  await test.step('publishing is refused in the interface and to the API', async () => {
    await ada.page.getByRole('button', { name: 'Publish v1' }).click();
    const dialog = ada.page.getByRole('dialog');
    await expect(dialog).toContainText('0 of 1 approval');
    await expect(dialog.getByRole('button', { name: 'Publish without approval' })).toBeDisabled();
    await ada.page.keyboard.press('Escape');
    const { versionId } = await apiOf(ada.page).review.get.query({ id: idOfReview(ada.page) });
    for (const who of [ada, ben])
      await expect(apiOf(who.page).publication.publish.mutate({ versionId, notes: '' })).rejects.toThrow(/0 of 1/);
    await expect(
      apiOf(ben.page).publication.publish.mutate({ versionId, notes: '', reason: 'I want to' }),
    ).rejects.toThrow(/owner/);
  });

  await test.step('Rita approves, and the approval goes stale while Ben edits', async () => {
    await side(rita.page).getByRole('button', { name: 'Approve' }).click();
    await expect(badge(ada.page)).toContainText('approved');
    await retype(ben.page, FIRST.replaceAll('10', '20'));
    for (const { page } of [ada, rita]) {
      await expect(page.getByText(/The draft has moved on since version 1/)).toBeVisible();
      await expect(side(page).getByRole('list', { name: 'Who is asked' })).toContainText('stale');
    }
    await expect(ben.page.getByRole('link', { name: 'Review: First look' })).toContainText('stale');
    const list = await rita.context.newPage();
    await list.goto('/reviews');
    await list.getByText('All', { exact: true }).click();
    await expect(list.getByRole('row', { name: /First look/ })).toContainText('edited since v1');
    await list.close();
  });

  await test.step('Ada brings it up to the draft and asks again; nobody publishes the new version unapproved', async () => {
    await ada.page.getByRole('button', { name: 'Bring up to the draft' }).click();
    await expect(side(ada.page)).toContainText('0 of 1 approval of version 2');
    await side(ada.page).getByRole('button', { name: 'Ask Rita again' }).click();
    await expect(rita.page.getByText('Your answer to version 2')).toBeVisible();
    await expect(violationsInBothThemes(rita.page)).resolves.toEqual([]);
    await side(rita.page).getByRole('button', { name: 'Approve' }).click();
    await expect(side(ada.page)).toContainText('1 of 1 approval of version 2');
  });

  await test.step('Ada publishes, and everybody sees it', async () => {
    await ada.page.getByRole('button', { name: 'Publish v2' }).click();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(badge(ada.page)).toContainText('closed');
    await expect(ben.page.getByText('published v2')).toBeVisible();
    await expect(rita.page.getByRole('navigation', { name: 'Main' }).getByLabel(/waiting for you/)).toHaveCount(0);
  });
});

test('an owner publishes without approval, says why, and the audit trail has it', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  await register(ada);
  await apiOf(ada.page).policy.set.mutate({ approvals: 2, roles: ['reviewer', 'admin'] });
  const address = await openSeed(ada.page, { name: 'Alone', code: FIRST });
  const formulaId = new URL(address).pathname.split('/').at(-1) ?? '';
  await apiOf(ada.page).version.create.mutate({ formulaId, message: 'Mine' });
  await ada.page.goto(`/formulas/${formulaId}/publications`);
  await ada.page.getByRole('button', { name: 'Publish…' }).click();
  const dialog = ada.page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Publish without approval' })).toBeDisabled();
  await dialog.getByLabel('Why it is published all the same').fill('Nobody else is here');
  await dialog.getByRole('button', { name: 'Publish without approval' }).click();
  await expect(ada.page.getByRole('table', { name: 'Publications' })).toContainText('Nobody else is here');
  await ada.page.goto('/settings/audit');
  await ada.page.getByLabel('What', { exact: true }).click();
  await ada.page.getByRole('option', { name: 'version', exact: true }).click();
  const trail = ada.page.getByRole('table', { name: 'Audit trail' });
  await expect(trail).toContainText('version.published');
  await expect(trail).toContainText('Nobody else is here');
  await expect(trail).toContainText('fast = sma(close, 10) added');
  const [file] = await Promise.all([
    ada.page.waitForEvent('download'),
    ada.page.getByRole('link', { name: 'Export as CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('audit.csv');
});

test('a review is asked for on a telephone', async ({ newPerson }) => {
  const ada = await newPerson('Ada', { viewport: { width: 400, height: 800 } });
  const rita = await newPerson('Rita');
  await register(ada);
  await join(rita, await invite(ada.page, 'Reviewer'));
  await openSeed(ada.page, { name: 'Small', code: FIRST });
  await ada.page.getByRole('button', { name: 'More about Small' }).click();
  await ada.page.getByRole('menuitem', { name: 'Ask for review…' }).click();
  const dialog = ada.page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Ask for review' })).toBeDisabled();
  await dialog.getByLabel('Title').fill('On the way');
  await dialog.getByRole('checkbox', { name: /Rita/ }).click();
  await dialog.getByRole('button', { name: 'Ask for review' }).click();
  await expect(badge(ada.page)).toContainText('On the way');
});

test('bots go over as it is chosen beside what both versions do, and a live run asks for approval', async ({
  newPerson,
}) => {
  test.slow();
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await register(ada);
  await join(ben, await invite(ada.page, 'Editor'));
  const [api, bensApi] = [apiOf(ada.page), apiOf(ben.page)];
  const address = await openSeed(ada.page, { name: 'Traded', code: FIRST });
  const formulaId = idOf('formula', new URL(address).pathname.split('/').at(-1) ?? '');
  const first = await api.version.create.mutate({ formulaId, message: 'one' });
  await api.publication.publish.mutate({ versionId: first.id, notes: '' });
  const [market] = await api.market.list.query();
  if (!market) throw new Error('a new organisation has a market');
  const bot = await api.bot.create.mutate({
    name: 'Loomer',
    versionId: first.id,
    marketId: market.id,
    mode: 'paper',
    settings: DEFAULT_SETTINGS,
  });
  await retype(ada.page, FIRST.replaceAll('10', '40'));
  const second = await api.version.create.mutate({ formulaId, message: 'two' });
  await api.policy.set.mutate({ approvals: 1, roles: ['reviewer', 'admin'] });

  await test.step('the API refuses the publication and the bot with it', async () => {
    const bots = [{ id: bot.id, choice: 'now' as const }];
    await expect(bensApi.publication.publish.mutate({ versionId: second.id, notes: '', bots })).rejects.toThrow(
      /0 of 1/,
    );
    await expect(bensApi.publication.upgradeBot.mutate({ id: bot.id, choice: 'now' })).resolves.toBeUndefined();
    await expect(api.bot.get.query({ id: bot.id })).resolves.toMatchObject({ versionNumber: 1 });
  });

  await test.step('both run on the market of the bot, in the dialog', async () => {
    await ada.page.goto(`/formulas/${formulaId}/publications`);
    await ada.page.getByRole('button', { name: 'Publish…' }).click();
    const dialog = ada.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'What both do on the same bars' }).click();
    await dialog.getByRole('button', { name: 'Run both' }).click();
    await expect(dialog.getByRole('status').filter({ hasText: 'The two part at' })).toBeVisible({ timeout: 60_000 });
    await expect(dialog.getByRole('group', { name: 'Equity of v1 and v2, and their difference' })).toBeVisible();
    await dialog.getByRole('tab', { name: 'Metrics' }).click();
    await expect(dialog.getByRole('table', { name: 'Metrics of both' })).toContainText(/better|worse/);
  });

  await test.step('the choice is made beside it, an owner says why, and the bot has the version', async () => {
    const dialog = ada.page.getByRole('dialog');
    await dialog.getByLabel('What becomes of Loomer').click();
    await ada.page.getByRole('option', { name: /Upgrades now/ }).click();
    await dialog.getByLabel('Why it is published all the same').fill('It is paper');
    await dialog.getByRole('button', { name: 'Publish without approval' }).click();
    await expect(ada.page.getByRole('table', { name: 'Publications' })).toContainText('It is paper');
    await expect(api.bot.get.query({ id: bot.id })).resolves.toMatchObject({ versionNumber: 2 });
  });
});
