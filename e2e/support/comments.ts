import type { Locator, Page } from '@playwright/test';
import { apiOf } from './api.ts';
import { node } from './journeys.ts';
import { expect } from './test.ts';

export const bell = (page: Page): Locator => page.getByRole('button', { name: /^Notifications/ });
export const unread = (page: Page, count: number): Promise<void> =>
  expect(bell(page)).toHaveAccessibleName(count === 0 ? 'Notifications' : `Notifications, ${count} unread`);

/** How many notifications this person has by now on the server, and how many of them are unread. */
export async function toldTo(page: Page): Promise<{ readonly told: number; readonly unread: number }> {
  const { notifications, unread } = await apiOf(page).notification.list.query();
  return { told: notifications.length, unread };
}

/** The conversation that is open, in the panel or beside its mark. */
export const thread = (page: Page): Locator => page.getByRole('article', { name: 'Thread' });
export const commentOf = (page: Page, name: string): Locator =>
  thread(page).getByRole('listitem', { name: `Comment of ${name}` });
export const markOf = (page: Page, nodeName: string): Locator =>
  page.getByRole('button', { name: new RegExp(`threads? about ${nodeName}`) });

/** Begins a comment on a node by keys, and gives the field. */
export async function beginComment(page: Page, nodeName: string): Promise<Locator> {
  await node(page, nodeName).locator('header').click();
  await page.keyboard.press('c');
  const field = page.getByRole('textbox', { name: `Comment on ${nodeName}` });
  await expect(field).toBeFocused();
  return field;
}

export async function comment(page: Page, nodeName: string, text: string): Promise<void> {
  const field = await beginComment(page, nodeName);
  await field.fill(text);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(thread(page).getByText(text)).toBeVisible();
}

export async function reply(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Reply' });
  await field.fill(text);
  await field.press('ControlOrMeta+Enter');
}
