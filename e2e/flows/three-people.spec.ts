import { expectCode, line, putCursorBehind, replace, textOf } from '../support/code-pane.ts';
import { beginComment, commentOf, markOf, reply } from '../support/comments.ts';
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
} from '../support/journeys.ts';
import { lineOf } from '../support/line.ts';
import { expect, test, type Person } from '../support/test.ts';

async function threeIn(people: readonly [Person, Person, Person], name: string): Promise<void> {
  const [ada, ...others] = people;
  await register(ada);
  for (const person of others) await join(person, await invite(ada.page, 'Editor'));
  const address = await newFormula(ada.page, name);
  for (const { page } of others) {
    await page.goto(address);
    await expectSaved(page);
  }
}

const sameText = async (people: readonly Person[]): Promise<boolean> =>
  new Set(await Promise.all(people.map(({ page }) => textOf(page)))).size === 1;

test('canvas, code and comments at once', async ({ newPerson }) => {
  const [ada, ben, cleo] = [await newPerson('Ada'), await newPerson('Ben'), await newPerson('Cleo')];
  await threeIn([ada, ben, cleo], 'Six hands');
  await beginComment(cleo.page, 'slowLine');
  await putCursorBehind(ben.page, 'fastLine = sma(close, fast)');

  await Promise.all([
    (async () => {
      for (const value of ['21', '22', '23', '24', '25']) await setField(ada.page, 'fast', 'value', value);
    })(),
    (async () => {
      await ben.page.keyboard.press('Enter');
      await ben.page.keyboard.type('trend = ema(close, 200)', { delay: 20 });
    })(),
    (async () => {
      await cleo.page.keyboard.type('Is a hundred days not too slow?', { delay: 20 });
      await cleo.page.keyboard.press('ControlOrMeta+Enter');
    })(),
  ]);
  for (const { page } of [ada, ben, cleo]) {
    await expectSaved(page);
    await expect(code(page)).toContainText('input fast = 25 in');
    await expect(line(page, 'trend = ema(close, 200)')).toBeVisible();
    await expect(node(page, 'trend')).toBeVisible();
    await expect(markOf(page, 'slowLine')).toHaveText('1');
  }
  await expect.poll(() => sameText([ada, ben, cleo])).toBe(true);

  await markOf(ada.page, 'slowLine').click();
  await expect(commentOf(ada.page, 'Cleo')).toContainText('Is a hundred days not too slow?');
  await setField(ben.page, 'slow', 'value', '50');
  await reply(ada.page, 'Ben has made it fifty.');
  await expect(commentOf(cleo.page, 'Ada')).toContainText('Ben has made it fifty.');
});

test('one goes offline and returns: what all three did meanwhile is there', async ({ newPerson }) => {
  const [ada, ben, cleo] = [await newPerson('Ada'), await newPerson('Ben'), await newPerson('Cleo')];
  const cable = await lineOf(cleo.page);
  await threeIn([ada, ben, cleo], 'A line that breaks');

  await cable.cut();
  await expect(saveState(cleo.page)).toHaveText('Offline');
  await setField(cleo.page, 'fast', 'value', '12');
  await replace(cleo.page, 'sma(close, slow)', 'ema(close, slow)');
  await expect(saveState(cleo.page)).toHaveText(/Offline: \d+ changes kept/);
  await setField(ada.page, 'slow', 'value', '110');
  await putCursorBehind(ben.page, 'fastLine = sma(close, fast)');
  await ben.page.keyboard.press('Enter');
  await ben.page.keyboard.type('trend = ema(close, 200)');
  await expect(line(ada.page, 'trend = ema(close, 200)')).toBeVisible();
  await expect(line(cleo.page, 'trend')).toHaveCount(0);
  await expect(code(ada.page)).not.toContainText('input fast = 12');

  cable.mend();
  // The line may be back by itself before the button is reached.
  await cleo.page
    .getByRole('button', { name: 'Connect again' })
    .evaluateAll((buttons) => buttons.forEach((button) => button instanceof HTMLElement && button.click()));
  for (const { page } of [ada, ben, cleo]) {
    await expectSaved(page);
    for (const text of [
      'input fast = 12',
      'input slow = 110',
      'slowLine = ema(close, slow)',
      'trend = ema(close, 200)',
    ])
      await expect(code(page)).toContainText(text);
  }
  await expect.poll(() => sameText([ada, ben, cleo])).toBe(true);

  await test.step('undo takes back what this person did, and nothing of the others', async () => {
    const before = await textOf(cleo.page);
    await node(cleo.page, 'fast').locator('header').click();
    await cleo.page.keyboard.press('ControlOrMeta+z');
    const after = before.replace('slowLine = ema', 'slowLine = sma');
    for (const { page } of [ada, ben, cleo]) await expectCode(page, after);
  });
});

test('one becomes a viewer in the middle of a drag: the node is where it was, for everybody', async ({ newPerson }) => {
  const [ada, ben, cleo] = [await newPerson('Ada'), await newPerson('Ben'), await newPerson('Cleo')];
  await threeIn([ada, ben, cleo], 'Taken out of the hand');
  const placeOf = (person: Person) =>
    node(person.page, 'slowLine').evaluate(
      (element) => element.closest<HTMLElement>('.react-flow__node')?.style.transform ?? '',
    );
  const [atAda, atBen, atCleo] = [await placeOf(ada), await placeOf(ben), await placeOf(cleo)];

  const box = await node(ben.page, 'slowLine').locator('header').boundingBox();
  if (!box) throw new Error('The node is not to be seen.');
  await ben.page.mouse.move(box.x + 30, box.y + box.height / 2);
  await ben.page.mouse.down();
  await ben.page.mouse.move(box.x + 90, box.y + 60, { steps: 6 });
  await expect.poll(() => placeOf(cleo)).not.toBe(atCleo);
  await expect.poll(() => placeOf(ben)).not.toBe(atBen);

  await ada.page.goto('/team');
  await ada.page.getByLabel('Role of Ben').click();
  await ada.page.getByRole('option', { name: 'Viewer', exact: true }).click();
  await expect(saveState(ben.page)).toHaveText('View only');
  await expect.poll(() => placeOf(ben)).toBe(atBen);
  await expect.poll(() => placeOf(cleo)).toBe(atCleo);
  await ben.page.mouse.move(box.x + 160, box.y + 120, { steps: 6 });
  await ben.page.mouse.up();
  await expect(field(ben.page, 'fast', 'value')).toBeDisabled();
  await expect.poll(() => placeOf(ben)).toBe(atBen);
  await expect.poll(() => placeOf(cleo)).toBe(atCleo);

  await test.step('and can go on once they may again', async () => {
    await ada.page.getByLabel('Role of Ben').click();
    await ada.page.getByRole('option', { name: 'Editor', exact: true }).click();
    await expectSaved(ben.page);
    await expect.poll(() => placeOf(ben)).toBe(atBen);
    await setField(ben.page, 'fast', 'value', '15');
    await expect(code(cleo.page)).toContainText('input fast = 15');
    await ada.page.goBack();
    await expectSaved(ada.page);
    await expect.poll(() => placeOf(ada)).toBe(atAda);
  });
});
