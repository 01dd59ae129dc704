import type { Page } from '@playwright/test';
import { replace } from '../support/code-pane.ts';
import { beginComment, comment } from '../support/comments.ts';
import { newFormula, register, saveState } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

/** Everything that the browser keeps for our pages, as text. */
const keptBy = (page: Page) =>
  page.evaluate(async () => {
    const kept: string[] = [localStorage, sessionStorage].flatMap((storage) =>
      Object.entries(storage).map(([key, value]) => `${key}=${String(value)}`),
    );
    for (const { name = '' } of await indexedDB.databases()) kept.push(`database ${name}`);
    for (const name of await caches.keys()) kept.push(`cache ${name}`);
    return kept;
  });

test('signing out in one tab leaves nothing of the person in the browser, and no other tab as it was', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const address = await newFormula(page, 'Mine');
  const other = await ada.context.newPage();
  await other.goto(address);
  await expect(saveState(other)).toHaveText('Saved');
  await page.evaluate(() => localStorage.setItem('theme', 'dark'));

  await test.step('fill all that is kept', async () => {
    // A comment that can't be sent.
    await page.route('**/api/trpc/comment.start**', (route) => route.abort());
    await comment(page, 'fastLine', 'moonstone outbox');
    await page.keyboard.press('Escape');
    await (await beginComment(page, 'slowLine')).fill('moonstone draft');
    await page.evaluate(() => sessionStorage.setItem('moonstone session', '1'));
    await replace(other, 'sma(close, slow)', 'sma(close, moonstone)');
    await expect(saveState(other)).toHaveText('1 line not taken');
    for (const what of [
      /comment-outbox.*moonstone outbox/,
      /comment-draft.*moonstone draft/,
      /moonstone session/,
      /alphaloom-typed.*moonstone/,
      /database alphaloom-/,
    ])
      await expect
        .poll(async () => (await keptBy(page)).some((each) => what.test(each)), { message: String(what) })
        .toBe(true);
  });

  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const asked = page.getByRole('dialog', { name: 'Sign out and lose 3 unfinished texts?' });
  await asked.getByRole('button', { name: 'Sign out' }).click();
  for (const tab of [page, other]) await expect(tab).toHaveURL(/:\d+\/$/);
  // Looks are the browser's: the theme and the sizes of panes.
  const ofSomebody = async (tab: Page) =>
    (await keptBy(tab)).filter((each) => !each.startsWith('react-resizable-panels:split:'));
  for (const tab of [page, other]) await expect.poll(() => ofSomebody(tab)).toEqual(['theme=dark']);

  await test.step('nor does going back show it', async () => {
    await other.goBack();
    await expect(other).toHaveURL(/\/sign-in/);
    await expect(other.getByText('moonstone')).toHaveCount(0);
    expect((await keptBy(other)).join()).not.toContain('moonstone');
  });
});
