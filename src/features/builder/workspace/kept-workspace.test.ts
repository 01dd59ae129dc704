import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { firstWorkspace, keepWorkspace, MOST_KEPT, readWorkspace } from './kept-workspace.ts';

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    clear: () => kept.clear(),
    get length() {
      return kept.size;
    },
  };
}

const ada = { userId: 'ada', formulaId: 'f' };
const laptop = firstWorkspace({ width: 1280, height: 720 });
const screen = firstWorkspace({ width: 1920, height: 1080 });

test('what a person has chosen for a formula is there again, for them and for that formula alone', () => {
  const store = storage();
  keepWorkspace(store, ada, { side: true }, 1);
  keepWorkspace(store, ada, { market: 'm1', view: { x: 10, y: -20, zoom: 0.7 } }, 2);
  expect(readWorkspace(store, ada, laptop)).toEqual({
    ...laptop,
    side: true,
    market: 'm1',
    view: { x: 10, y: -20, zoom: 0.7 },
  });
  expect(readWorkspace(store, { userId: 'ben', formulaId: 'f' }, laptop)).toEqual(laptop);
  expect(readWorkspace(store, { userId: 'ada', formulaId: 'g' }, laptop)).toEqual(laptop);
});

test('what nobody has chosen follows the window', () => {
  const store = storage();
  keepWorkspace(store, ada, { preview: false }, 1);
  expect(readWorkspace(store, ada, screen)).toEqual({ ...screen, preview: false });
  expect([laptop.side, laptop.preview, screen.side, screen.preview]).toEqual([false, false, true, true]);
});

test('whatever stands in the storage, a workspace comes of it', () => {
  const store = storage();
  for (const text of [
    '',
    'null',
    '7',
    '[]',
    '{"side":1,"view":{"x":1}}',
    '{"market":7,"view":{"x":0,"y":0,"zoom":0}}',
    '{',
  ]) {
    store.setItem('workspace:ada/f', text);
    expect(readWorkspace(store, ada, screen)).toEqual(screen);
  }
});

test('the oldest are forgotten', () => {
  const store = storage();
  store.setItem('theme', 'dark');
  for (let index = 0; index < MOST_KEPT + 5; index += 1)
    keepWorkspace(store, { userId: 'ada', formulaId: `f${index}` }, { side: false }, index);
  expect(store.length).toBe(MOST_KEPT + 1);
  expect(store.getItem('workspace:ada/f4')).toBeNull();
  expect(store.getItem('workspace:ada/f5')).not.toBeNull();
});

test('a storage that takes nothing is no error', () => {
  const full = {
    ...storage(),
    setItem: () => {
      throw new Error('full');
    },
  };
  expect(() => keepWorkspace(full, ada, { side: true }, 1)).not.toThrow();
});

test('settings, days, lines and pictures are read as they are kept, and what is none of these is not', () => {
  const store = storage();
  const kept = {
    settings: { cash: 500, commission: 'much', nobody: 1 },
    from: '2019-02-03',
    to: '2019-02',
    plotted: ['fastLine', 7],
    sparks: 'all',
  };
  store.setItem('workspace:ada/f', JSON.stringify(kept));
  expect(readWorkspace(store, ada, laptop)).toEqual({
    ...laptop,
    settings: { ...DEFAULT_SETTINGS, cash: 500 },
    from: '2019-02-03',
    plotted: ['fastLine'],
    sparks: 'all',
  });
});
