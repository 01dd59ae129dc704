import { expect, test } from 'vitest';
import { beginWithStrategy, type Client } from './begin.ts';
import { keepSandbox, readSandbox } from './kept-sandbox.ts';

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

interface Server {
  readonly formulas?: number;
  readonly refuses?: readonly ('create' | 'import' | 'start')[];
}

/** A server of one organisation, by what it has been asked to make. */
function server({ formulas = 0, refuses = [] }: Server) {
  const made: string[] = [];
  const make = (what: 'create' | 'import' | 'start', word: string) => {
    if (refuses.includes(what)) return Promise.reject(new Error('refused'));
    made.push(`${what} ${word}`);
    return Promise.resolve({ id: `id of ${word}`, name: word, warnings: [] });
  };
  const client = {
    formula: {
      create: { mutate: ({ name }: { name: string }) => make('create', name) },
      import: { mutate: ({ fileName }: { fileName: string }) => make('import', fileName) },
      list: { query: () => Promise.resolve(Array.from({ length: Math.min(1, formulas) }, () => ({}))) },
    },
    market: { list: { query: () => Promise.resolve([{ id: 'spx' }]) } },
    backtest: { start: { mutate: ({ marketId }: { marketId: string }) => make('start', marketId) } },
  };
  return { client: client as unknown as Client, made };
}

test('a new organisation begins with the example and its backtest', async () => {
  const { client, made } = server({});
  const { page, isLeft } = await beginWithStrategy(client, storage());
  expect(made).toEqual(['create My first strategy', 'start spx']);
  expect([page, isLeft]).toEqual(['/formulas/id of My first strategy', false]);
});

test('an organisation that is in use gets nothing unasked', async () => {
  const { client, made } = server({ formulas: 3 });
  expect(await beginWithStrategy(client, storage())).toEqual({ page: '/formulas', isLeft: false });
  expect(made).toEqual([]);
});

test('what was tried comes along, and leaves the browser then', async () => {
  const store = storage();
  keepSandbox(store, '{}');
  const { client, made } = server({ formulas: 3 });
  await beginWithStrategy(client, store);
  expect(made).toEqual(['create The strategy that I tried', 'start spx']);
  expect(readSandbox(store)).toBeNull();
});

test('what is too large as code comes along as a file', async () => {
  const store = storage();
  keepSandbox(store, '{}');
  const { client, made } = server({ refuses: ['create'] });
  await beginWithStrategy(client, store);
  expect(made).toEqual(['import The strategy that I tried.json', 'start spx']);
});

test('what cannot be taken along stays in the browser, and is told', async () => {
  const store = storage();
  keepSandbox(store, '{}');
  const { client } = server({ refuses: ['create', 'import'] });
  expect(await beginWithStrategy(client, store)).toEqual({ page: '/formulas', isLeft: true });
  expect(readSandbox(store)).toBe('{}');
});

test('a strategy that cannot run opens all the same', async () => {
  const { client } = server({ refuses: ['start'] });
  expect((await beginWithStrategy(client, storage())).page).toBe('/formulas/id of My first strategy');
});
