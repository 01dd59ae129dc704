import type { Page } from '@playwright/test';
import { putCursor, replace } from '../support/code-pane.ts';
import { holdCollabLine } from '../support/collab-line.ts';
import {
  code,
  expectSaved,
  field,
  invite,
  join,
  newFormula,
  node,
  register,
  saveState,
  setField,
  signIn,
} from '../support/journeys.ts';
import { startServer, type Server } from '../support/server.ts';
import { expect, test, type Person } from '../support/test.ts';

/** The tab is closed, and the formula opened in another. */
async function reopen({ page, context }: Pick<Person, 'page' | 'context'>, address: string): Promise<Page> {
  await page.close();
  const opened = await context.newPage();
  await opened.goto(address);
  return opened;
}

/** As an admin would, from the page of documents. */
async function rebase(page: Page, name: string): Promise<void> {
  await page.goto('/settings/documents');
  await page.getByRole('radio', { name: 'All' }).click();
  await page.getByRole('button', { name: `Look after ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Re-base…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Re-base' }).click();
  await expect(page.getByText(`${name} is re-based`)).toBeVisible();
}

test.describe('a server that is away', () => {
  let server: Server;
  test.beforeAll(async () => {
    server = await startServer({ ROLES: 'web,realtime', DEMO: 'false' });
  });
  test.afterAll(() => server.remove());

  test('what was edited on the canvas and in the code meanwhile survives a closed tab, and is saved on return', async ({
    newPerson,
  }) => {
    const ada = await newPerson('Ada', { url: server.url });
    await register(ada);
    const link = await invite(ada.page, 'Editor');
    const address = await newFormula(ada.page, 'Unforgotten');
    await server.kill();
    await expect(saveState(ada.page)).toContainText('Offline');
    await setField(ada.page, 'slow', 'value', '222');
    await replace(ada.page, 'sma(close, slow)', 'ema(close, slow)');
    await expect(node(ada.page, 'slowLine')).toContainText('ema');
    await expect(saveState(ada.page)).toHaveText('Offline: 2 changes kept here');
    await server.restart();
    const page = await reopen(ada, address);
    await expect(code(page)).toContainText('input slow = 222 in 20..400');
    await expect(code(page)).toContainText('slowLine = ema(close, slow)');
    await expectSaved(page);

    const ben = await newPerson('Ben', { url: server.url });
    await join(ben, link);
    await ben.page.goto(address);
    await expect(code(ben.page)).toContainText('slowLine = ema(close, slow)');
    await expect(field(ben.page, 'slow', 'value')).toHaveValue('222');
  });
});

test('a formula opens from the browser while the collaboration server is away, counts what is not saved, and saves it', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const line = await holdCollabLine(ada.context);
  await register(ada);
  const address = await newFormula(ada.page, 'Kept');
  await line.cut();
  await expect(saveState(ada.page)).toContainText('Offline');
  await setField(ada.page, 'fast', 'value', '44');
  await expect(saveState(ada.page)).toHaveText('Offline: 1 change kept here');
  let page = await reopen(ada, address);
  await expect(field(page, 'fast', 'value')).toHaveValue('44');
  await expect(saveState(page)).toHaveText('Offline: 1 change kept here');
  await setField(page, 'slow', 'value', '222');
  await page.reload();
  await expect(saveState(page)).toHaveText('Offline: 2 changes kept here');
  await expect(code(page)).toContainText('input slow = 222 in 20..400');
  page = await reopen({ ...ada, page }, address);
  line.mend();
  await expectSaved(page);
  await page.reload();
  await expectSaved(page);
  await expect(field(page, 'slow', 'value')).toHaveValue('222');
});

test('a document that is re-based while a tab is away with unsaved edits takes them along, and asks what was deleted meanwhile', async ({
  newPerson,
}) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  const line = await holdCollabLine(ada.context);
  await register(ada);
  await join(ben, await invite(ada.page, 'Admin'));
  const address = await newFormula(ada.page, 'Asleep');
  await line.cut();
  await expect(saveState(ada.page)).toContainText('Offline');
  await setField(ada.page, 'fast', 'value', '44');
  await setField(ada.page, 'slow', 'value', '222');
  await expect(saveState(ada.page)).toHaveText('Offline: 2 changes kept here');

  await ben.page.goto(address);
  await expectSaved(ben.page);
  await node(ben.page, 'slow').click({ position: { x: 5, y: 5 } });
  await ben.page.keyboard.press('Delete');
  await expect(node(ben.page, 'slow')).toHaveCount(0);
  await expectSaved(ben.page);
  await rebase(ben.page, 'Asleep');
  await ben.page.goto(address);
  await expectSaved(ben.page);
  await replace(ben.page, 'sma(close, fast)', 'ema(close, fast)');
  await expectSaved(ben.page);
  await rebase(ben.page, 'Asleep');
  await ben.page.goto(address);

  const page = await reopen(ada, address);
  await expect(saveState(page)).toHaveText('Offline: 2 changes kept here');
  line.mend();
  const asked = page.getByRole('dialog', { name: 'What you changed was deleted meanwhile' });
  await expect(asked).toContainText('slow');
  await asked.getByRole('button', { name: 'Bring back my node' }).click();
  await expectSaved(page);
  for (const one of [page, ben.page]) {
    await expect(field(one, 'fast', 'value')).toHaveValue('44');
    await expect(field(one, 'slow', 'value')).toHaveValue('222');
    await expect(code(one)).toContainText('fastLine = ema(close, fast)');
  }
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(node(ben.page, 'slow')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(field(ben.page, 'fast', 'value')).toHaveValue('20');
  await expect(code(ben.page)).toContainText('fastLine = ema(close, fast)');
  await expectSaved(page);
});

test('a tab that stays open while the document is re-based goes on as if nothing had happened', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  await register(ada);
  const address = await newFormula(ada.page, 'Awake');
  await setField(ada.page, 'fast', 'value', '33');
  await expectSaved(ada.page);
  const other = await ada.context.newPage();
  await rebase(other, 'Awake');
  await putCursor(ada.page, 'fastLine');
  await setField(ada.page, 'slow', 'value', '222');
  await expectSaved(ada.page);
  await other.goto(address);
  await expect(field(other, 'fast', 'value')).toHaveValue('33');
  await expect(field(other, 'slow', 'value')).toHaveValue('222');
  await setField(other, 'fast', 'value', '34');
  await expect(field(ada.page, 'fast', 'value')).toHaveValue('34');
});

test('a browser that keeps nothing, as in some private windows, works all the same and says so', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  await ada.context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('Not in this window.', 'InvalidStateError');
    };
  });
  const line = await holdCollabLine(ada.context);
  await register(ada);
  await newFormula(ada.page, 'Forgetful');
  await line.cut();
  await expect(saveState(ada.page)).toContainText('Offline');
  await setField(ada.page, 'fast', 'value', '44');
  await expect(saveState(ada.page)).toHaveText('Offline: 1 change kept only in this tab');
  line.mend();
  await expectSaved(ada.page);
});

test('on a shared computer nobody is shown what another has not saved, and signing out asks before it is lost', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const ben = { ...ada, name: 'Ben', email: `ben-of-${ada.email}` };
  const line = await holdCollabLine(ada.context);
  const { page } = ada;
  await register(ada);
  const link = await invite(page, 'Editor');
  const address = await newFormula(page, 'Mine');
  await line.cut();
  await expect(saveState(page)).toContainText('Offline');
  await setField(page, 'fast', 'value', '44');
  await expect(saveState(page)).toHaveText('Offline: 1 change kept here');
  const signOut = async (): Promise<void> => {
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
  };
  const expectOutside = (): Promise<void> => expect(page).toHaveURL(/:\d+\/$/);
  // The session ends without being asked: what is not saved stays, for Ada.
  await ada.context.clearCookies();
  line.mend();
  await join(ben, link);
  await page.goto(address);
  await expectSaved(page);
  await expect(field(page, 'fast', 'value')).toHaveValue('20');
  await signOut();
  await expectOutside();

  await line.cut();
  await signIn(ada);
  await page.goto(address);
  await expect(saveState(page)).toHaveText('Offline: 1 change kept here');
  await signOut();
  const asked = page.getByRole('dialog', { name: 'Sign out and lose 1 change?' });
  await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await asked.getByRole('button', { name: 'Cancel' }).click();
  await expect(field(page, 'fast', 'value')).toHaveValue('44');
  await signOut();
  await asked.getByRole('button', { name: 'Sign out' }).click();
  await expectOutside();
  line.mend();
  await signIn(ada);
  await page.goto(address);
  await expectSaved(page);
  await expect(field(page, 'fast', 'value')).toHaveValue('20');
});

test('offline is said as soon as the browser knows it, everywhere the same, and so is the return', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  await register(ada);
  await newFormula(ada.page, 'On the train');
  await expectSaved(ada.page);
  await ada.context.setOffline(true);
  // Long before a line that says nothing counts as broken, also beside another test.
  const soon = { timeout: 5_000 };
  await expect(saveState(ada.page)).toContainText('Offline', soon);
  await expect(ada.page.locator('[data-live]')).toHaveAttribute('data-live', 'offline', soon);
  await expect(ada.page.getByRole('button', { name: 'Run backtest' })).toBeDisabled(soon);
  await setField(ada.page, 'slow', 'value', '222');
  await expect(saveState(ada.page)).toContainText('1 change');
  await ada.context.setOffline(false);
  await expectSaved(ada.page);
});
