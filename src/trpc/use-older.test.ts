// @vitest-environment happy-dom
import { createElement } from 'react';
import { expect, it } from 'vitest';
import { mount } from '#ui/testing/mount.ts';
import { pageOf, useOlder, type Older } from './use-older.ts';

interface Row {
  readonly id: string;
}

const PAGE = 3;
const rowsOf = (from: number, count: number): Row[] =>
  Array.from({ length: Math.max(0, Math.min(count, from)) }, (_, index) => ({ id: String(from - index) }));

/** A list whose ids fall. */
async function openList(first: readonly Row[], of = 'one') {
  const shown = { first, of };
  const seen: { list: Older<Row> | null } = { list: null };
  const answers: (() => void)[] = [];
  function List({ version: _ }: { readonly version: number }) {
    seen.list = useOlder(shown.first, {
      of: shown.of,
      hasMore: shown.first.length >= PAGE,
      fetch: (last) =>
        new Promise((resolve) => answers.push(() => resolve(pageOf(rowsOf(Number(last.id) - 1, PAGE), PAGE)))),
      compare: (a, b) => Number(b.id) - Number(a.id),
    });
    return null;
  }
  let version = 0;
  const page = await mount(createElement(List, { version }));
  const ids = () => seen.list?.rows?.map(({ id }) => Number(id));
  return {
    ids,
    list: () => seen.list,
    show: async () => {
      await page.renders(() => seen.list?.showOlder?.());
      await page.renders(() => answers.shift()?.());
    },
    begin: () => page.renders(() => seen.list?.showOlder?.()),
    answer: () => page.renders(() => answers.shift()?.()),
    give: async (next: Partial<typeof shown>) => {
      Object.assign(shown, next);
      version += 1;
      await page.renders(() => seen.list?.change((row) => row));
    },
    close: () => page.unmount(),
  };
}

it('shows one page behind the other, up to the last, and keeps what new rows push out of the first page', async () => {
  const list = await openList(rowsOf(8, PAGE));
  expect(list.ids()).toEqual([8, 7, 6]);
  await list.show();
  expect(list.ids()).toEqual([8, 7, 6, 5, 4, 3]);
  await list.give({ first: rowsOf(10, PAGE) });
  expect(list.ids()).toEqual([10, 9, 8, 7, 6, 5, 4, 3]);
  expect(list.list()?.showOlder).not.toBeNull();
  await list.show();
  expect(list.ids()).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(list.list()?.showOlder).toBeNull();
  await list.close();
});

it('has nothing older behind a short page, and begins anew with another list, whose pages do not mix with the one before', async () => {
  const list = await openList(rowsOf(2, PAGE));
  expect(list.list()?.showOlder).toBeNull();
  await list.give({ first: rowsOf(8, PAGE), of: 'two' });
  await list.begin();
  expect(list.list()?.isLoading).toBe(true);
  await list.give({ first: rowsOf(30, PAGE), of: 'three' });
  await list.answer();
  expect(list.ids()).toEqual([30, 29, 28]);
  expect(list.list()?.isLoading).toBe(false);
  await list.close();
});
