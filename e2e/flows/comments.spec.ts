import { violationsInBothThemes } from '../support/axe.ts';
import { beginComment, bell, comment, commentOf, markOf, reply, thread, toldTo, unread } from '../support/comments.ts';
import { code, expectSaved, invite, join, newFormula, node, register, saveState } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

test('three people talk about a node, each as their role allows', async ({ newPerson }) => {
  const [ada, ben, vera] = [await newPerson('Ada'), await newPerson('Ben'), await newPerson('Vera')];
  await register(ada);
  await join(ben, await invite(ada.page, 'Editor'));
  await join(vera, await invite(ada.page, 'Viewer'));
  const address = await newFormula(ada.page, 'Talk of the town');
  await vera.page.goto(address);
  await ben.page.goto('/formulas');
  await expect(saveState(vera.page)).toHaveText('View only');
  await unread(ben.page, 0);

  await test.step('Ada comments on a node by keys, and mentions Ben', async () => {
    await beginComment(ada.page, 'fastLine');
    const people = ada.page.getByRole('listbox', { name: 'People' });
    await ada.page.keyboard.type('Mail ada@loom.example, or @');
    await expect(people.getByRole('option')).toHaveText([/Ada/, /Ben/, /Vera/]);
    await ada.page.keyboard.press('Escape');
    await expect(people).toHaveCount(0);
    await ada.page.keyboard.press('Backspace');
    await ada.page.keyboard.type('@');
    await ada.page.keyboard.press('ArrowDown');
    await expect(people.getByRole('option', { name: 'Ben' })).toHaveAttribute('aria-selected', 'true');
    await ada.page.keyboard.press('Tab');
    await ada.page.keyboard.type('knows why. Ask @ve');
    await ada.page.keyboard.press('Enter');
    await ada.page.keyboard.press('ControlOrMeta+Enter');
    await expect(commentOf(ada.page, 'Ada')).toContainText('Mail ada@loom.example, or @Ben knows why. Ask @Vera');
  });

  await test.step('Vera sees it at once, on the canvas, in the code and in the list, and can write nothing', async () => {
    await expect(markOf(vera.page, 'fastLine')).toHaveText('1');
    await expect(vera.page.locator('.cm-comment-mark')).toHaveText('1');
    await unread(vera.page, 1);
    await vera.page.getByRole('tab', { name: /Comments/ }).click();
    await vera.page.getByRole('list', { name: 'Threads' }).getByRole('button').click();
    await expect(commentOf(vera.page, 'Ada')).toContainText('@Ben knows why');
    await unread(vera.page, 0);
    await expect(thread(vera.page)).toContainText('Commenting takes the reviewer role');
    await expect(vera.page.getByRole('textbox', { name: 'Reply' })).toHaveCount(0);
    await expect(thread(vera.page).getByRole('button', { name: 'Resolve' })).toBeDisabled();
  });

  await test.step('Ben, elsewhere, is told, follows the link and answers', async () => {
    await unread(ben.page, 1);
    await bell(ben.page).click();
    const told = ben.page.getByRole('list', { name: 'Notifications' }).getByRole('listitem');
    await expect(told).toContainText('Ada mentioned you');
    await expect(told).toContainText('Talk of the town · fastLine');
    await told.getByRole('link').click();
    await expect(ben.page).toHaveURL(/\/formulas\/[0-9a-f-]{36}\?thread=/);
    await expect(commentOf(ben.page, 'Ada')).toContainText('@Ben knows why');
    await unread(ben.page, 0);
    await reply(ben.page, 'Because of the noise.\nTry it without.');
    for (const { page } of [ada, ben, vera])
      await expect(commentOf(page, 'Ben')).toContainText('Because of the noise. Try it without.', {
        useInnerText: true,
      });
  });

  await test.step('whoever is told elsewhere can mark it all as read', async () => {
    // Of Ada's first words and Ben's answer, both before Vera's eyes. The answer is on her screen before she is told.
    await expect.poll(() => toldTo(vera.page)).toEqual({ told: 2, unread: 0 });
    await vera.page.getByRole('button', { name: 'All threads' }).click();
    await reply(ada.page, 'I will.');
    await expect.poll(() => toldTo(vera.page)).toEqual({ told: 3, unread: 1 });
    await unread(vera.page, 1);
    await expect(vera.page.getByRole('img', { name: 'Unread' })).toBeVisible();
    await bell(vera.page).click();
    await vera.page.getByRole('button', { name: 'Mark all as read' }).click();
    await unread(vera.page, 0);
    await vera.page.keyboard.press('Escape');
    // Of the two who took her invitations, and of nothing that she has before her eyes.
    await unread(ada.page, 2);
  });

  await test.step('a thread is resolved and taken up again before everybody’s eyes', async () => {
    await thread(ben.page).getByRole('button', { name: 'Resolve' }).click();
    await expect(thread(ada.page).getByText('Resolved by Ben')).toBeVisible();
    await expect(markOf(vera.page, 'fastLine')).toHaveCount(0);
    await expect(vera.page.getByText('No open threads')).toBeVisible();
    await vera.page.getByRole('radio', { name: /^Resolved/ }).click();
    await expect(vera.page.getByRole('list', { name: 'Threads' }).getByRole('button')).toContainText('fastLine');
    await thread(ada.page).getByRole('button', { name: 'Reopen' }).click();
    await expect(markOf(vera.page, 'fastLine')).toHaveText('1');
  });

  await test.step('a node that is deleted keeps its thread, which says what it was about', async () => {
    await node(ada.page, 'fastLine').locator('header').click();
    await ada.page.keyboard.press('Delete');
    await expect(node(ben.page, 'fastLine')).toHaveCount(0);
    await expect(thread(ben.page)).toContainText('deleted');
    await expect(thread(ben.page)).toContainText('fastLine = sma(close, fast)');
    await vera.page.getByRole('radio', { name: /^Open/ }).click();
    await expect(vera.page.getByRole('list', { name: 'Threads' }).getByRole('button')).toContainText('fastLinedeleted');
    await reply(ben.page, 'Gone, then.');
    await expect(commentOf(ada.page, 'Ben').last()).toContainText('Gone, then.');
  });
});

test('what one writes is not lost: not by a lost line, not by loading the page anew', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await register(ada);
  await join(ben, await invite(ada.page, 'Reviewer'));
  const address = await newFormula(ada.page, 'Kept words');
  await ben.page.goto(address);

  await test.step('what is not sent yet is there again', async () => {
    const field = await beginComment(ada.page, 'slowLine');
    await ada.page.keyboard.type('Half a thought, @be');
    await ada.page.keyboard.press('Enter');
    await ada.page.reload();
    await expectSaved(ada.page);
    await beginComment(ada.page, 'slowLine');
    await expect(field).toHaveValue('Half a thought, @Ben ');
    await field.press('ControlOrMeta+Enter');
    await expect(commentOf(ada.page, 'Ada')).toContainText('Half a thought, @Ben');
    await unread(ben.page, 1);
  });

  await test.step('what the server did not get says so, is tried again when the page is loaded, and arrives once', async () => {
    await ada.page.route('**/comment.reply**', (route) => route.abort());
    await reply(ada.page, 'Into the storm');
    await expect(thread(ada.page).getByRole('alert')).toContainText('Not sent');
    await ada.page.reload();
    await expect(thread(ada.page).getByText('Into the storm')).toBeVisible();
    await expect(thread(ada.page).getByRole('alert')).toContainText('Not sent');
    await ada.page.unroute('**/comment.reply**');
    await thread(ada.page).getByRole('button', { name: 'Try again' }).click();
    await expect(thread(ada.page).getByRole('alert')).toHaveCount(0);
    await expect(thread(ada.page).getByText('Into the storm')).toHaveCount(1);
    await markOf(ben.page, 'slowLine').click();
    await expect(commentOf(ben.page, 'Ada').last()).toContainText('Into the storm');
  });

  await test.step('one’s own words can be changed and taken back, others’ can not', async () => {
    await commentOf(ada.page, 'Ada').last().getByRole('button', { name: 'Change the comment' }).click();
    await ada.page.getByRole('menuitem', { name: 'Edit' }).click();
    const field = ada.page.getByRole('textbox', { name: 'Edit the comment' });
    await field.fill('Into the calm');
    await field.press('ControlOrMeta+Enter');
    await expect(commentOf(ben.page, 'Ada').last()).toContainText('Into the calm');
    await expect(commentOf(ben.page, 'Ada').last()).toContainText('edited');
    await expect(commentOf(ben.page, 'Ada').getByRole('button', { name: 'Change the comment' })).toHaveCount(0);
    await commentOf(ada.page, 'Ada').last().getByRole('button', { name: 'Change the comment' }).click();
    await ada.page.getByRole('menuitem', { name: 'Delete' }).click();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(thread(ben.page)).toContainText('A comment of Ada was deleted.');
    await expect(thread(ben.page).getByText('Into the calm')).toHaveCount(0);
  });

  await test.step('too long a comment says so before it is sent', async () => {
    await ada.page.getByRole('textbox', { name: 'Reply' }).fill('x'.repeat(4_001));
    await expect(thread(ada.page).getByRole('alert')).toHaveText(
      'A comment has at most 4,000 characters; this one has 4,001.',
    );
    await expect(thread(ada.page).getByRole('button', { name: 'Reply' })).toBeDisabled();
  });
});

test('a statement is commented on in the code, beside its line', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await newFormula(page, 'Between the lines');
  const line = code(page).locator('.cm-line', { hasText: 'slowLine = sma' });
  // Waits until the line has its place: panels beside the code come with the first answers.
  await line.hover();
  const { y = 0, height = 0 } = (await line.boundingBox()) ?? {};
  const { x = 0, width = 0 } = (await page.locator('.cm-comments').boundingBox()) ?? {};
  await page.mouse.click(x + width / 2, y + height / 2);
  const beside = page.getByRole('dialog', { name: 'Comments' });
  await beside.getByRole('textbox', { name: 'Comment on slowLine' }).fill('Too slow?');
  await beside.getByRole('button', { name: 'Comment' }).click();
  await expect(commentOf(page, 'Ada')).toContainText('Too slow?');
  await page.keyboard.press('Escape');
  await expect(beside).toHaveCount(0);
  await expect(markOf(page, 'slowLine')).toHaveText('1');

  await page.locator('.cm-comment-mark').click();
  await expect(commentOf(page, 'Ada')).toContainText('Too slow?');
  await page.keyboard.press('Escape');

  await line.click();
  await page.keyboard.press("ControlOrMeta+'");
  await page.getByRole('textbox', { name: 'Comment on slowLine' }).fill('Or too fast?');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.locator('.cm-comment-mark')).toHaveText('2');
});

test('the conversation is accessible in both themes, and fits a telephone', async ({ newPerson }) => {
  const wide = await newPerson('Axel');
  await register(wide);
  const address = await newFormula(wide.page, 'For everybody');
  const violations = () => violationsInBothThemes(wide.page);
  await wide.page.getByRole('tab', { name: /Comments/ }).click();
  expect(await violations(), 'no threads').toEqual([]);
  await comment(wide.page, 'fastLine', 'Plain to see?');
  expect(await violations(), 'an open thread').toEqual([]);
  await wide.page.getByRole('button', { name: 'All threads' }).click();
  expect(await violations(), 'the list').toEqual([]);
  await markOf(wide.page, 'fastLine').click();
  await wide.page.getByRole('textbox', { name: 'Reply' }).pressSequentially('@');
  await expect(wide.page.getByRole('listbox', { name: 'People' })).toBeVisible();
  expect(await violations(), 'a mention beside a mark').toEqual([]);
  await wide.page.keyboard.press('Escape');
  await wide.page.keyboard.press('Escape');
  await bell(wide.page).click();
  await expect(wide.page.getByText('Nothing yet')).toBeVisible();
  expect(await violations(), 'the notifications').toEqual([]);
  await wide.page.keyboard.press('Escape');

  await wide.page.setViewportSize({ width: 390, height: 844 });
  await wide.page.goto(address);
  await wide.page.locator('.cm-comment-mark').click();
  const { x = -1, width = 0 } = (await wide.page.getByRole('dialog', { name: 'Comments' }).boundingBox()) ?? {};
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(390);
  expect(await wide.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await wide.page.keyboard.press('Escape');
  await bell(wide.page).click();
  expect(await wide.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
