import type { Locator, Page } from '@playwright/test';
import { TEMPLATES } from '../../src/features/formulas/templates.ts';
import { apiOf } from './api.ts';
import { seedFormula, type Seed } from './seed-formula.ts';
import { expect, unique, type Person } from './test.ts';

/**
 * Makes an account with an organisation of its own; the page stays where it is. As the other steps that only lead to
 * what a test is about, this goes by the API: through the interface they take a quarter of the time of all browser
 * tests. `registerByHand` and its like go through the interface.
 */
export async function register({ page, name, email, password }: Person): Promise<void> {
  await apiOf(page).session.register.mutate({ name, email, password, organisation: unique('Loomworks') });
}

export async function registerByHand({ page, name, email, password }: Person): Promise<void> {
  await page.goto('/register');
  await page.getByLabel('Organisation').fill(unique('Loomworks'));
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create the organisation' }).click();
  await expect(page).toHaveURL(/\/formulas\/[0-9a-f-]{36}$/);
}

export async function signIn({ page, email, password }: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/formulas$/);
}

export type Invited = 'Editor' | 'Viewer' | 'Reviewer' | 'Admin';

const ROLE_OF = { Editor: 'editor', Viewer: 'viewer', Reviewer: 'reviewer', Admin: 'admin' } as const;

/** Invites by link, as somebody who may; gives the link. */
export async function invite(page: Page, role: Invited): Promise<string> {
  const { path } = await apiOf(page).team.invite.mutate({ role: ROLE_OF[role] });
  return path;
}

export async function inviteByHand(page: Page, role: Invited): Promise<string> {
  await page.goto('/team');
  await page.getByRole('button', { name: 'Invite' }).click();
  if (role !== 'Editor') {
    await page.getByRole('dialog').getByLabel('Role').click();
    await page.getByRole('option', { name: role, exact: true }).click();
  }
  await page.getByRole('button', { name: 'Make a link' }).click();
  return page.getByLabel('Invitation link').inputValue();
}

/** Takes an invitation as somebody without an account; the page stays where it is. */
export async function join({ page, name, email, password }: Person, link: string): Promise<void> {
  const invitation = link.split('#').at(-1) ?? '';
  await apiOf(page).session.register.mutate({ name, email, password, invitation });
}

/** Follows an invitation's link as somebody without an account. */
export async function joinByHand({ page, name, email, password }: Person, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page).toHaveURL(/\/formulas$/);
}

/** Makes a formula from a template and opens it; gives its address. */
export async function newFormula(page: Page, name: string, template = 'Moving average cross'): Promise<string> {
  const { code } = TEMPLATES.find(({ title }) => title === template) ?? {};
  return openSeed(page, { name, code });
}

/** Makes a formula by the API and opens it; gives its address. */
export async function openSeed(page: Page, seed: Seed): Promise<string> {
  await page.goto(await seedFormula(page, seed));
  await expectSaved(page);
  await expectArranged(page);
  return page.url();
}

export async function newFormulaByHand(page: Page, name: string, template = 'Moving average cross'): Promise<string> {
  await page.goto('/formulas');
  await page.getByRole('button', { name: 'New strategy' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Begin with').click();
  await page.getByRole('option', { name: template }).click();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(page).toHaveURL(/\/formulas\/[0-9a-f-]{36}$/);
  await expectSaved(page);
  await expectArranged(page);
  return page.url();
}

/** The nodes are where they stay: the first layout is there, and the view is fitted to it. */
export async function expectArranged(page: Page): Promise<void> {
  await expect(page.locator('[data-arranged]')).toHaveAttribute('data-arranged', 'true');
  await page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      ),
  );
}

export const saveState = (page: Page): Locator => page.getByRole('status', { name: 'Save state' });
export const expectSaved = (page: Page): Promise<void> => expect(saveState(page)).toHaveText('Saved');

export const code = (page: Page): Locator => page.getByTestId('code-pane').locator('.cm-content');
export const node = (page: Page, name: string): Locator => page.getByTestId(`node-${name}`);
export const field = (page: Page, nodeName: string, port: string): Locator =>
  node(page, nodeName).getByLabel(port, { exact: true });

/** Types into a node's field and commits it. */
export async function setField(page: Page, nodeName: string, port: string, value: string): Promise<void> {
  const input = field(page, nodeName, port);
  await input.fill(value);
  await input.press('Enter');
}

/** Replaces the whole text of the code pane. */
export async function writeCode(page: Page, text: string): Promise<void> {
  await code(page).click();
  await page.keyboard.press('ControlOrMeta+a');
  // As one insertion: typing would let the editor close brackets of its own.
  await page.keyboard.insertText(text);
}

/** Presses Run with the settings as they are, and waits until the server has taken the run: who leaves may. */
export async function runBacktest(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run backtest' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

export const lastBacktest = (page: Page): Locator => page.getByRole('region', { name: 'Last backtest' });
