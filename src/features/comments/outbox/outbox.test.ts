import { expect, test, vi } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { createOutbox, type Outbox, type Outgoing } from './outbox.ts';

/** A browser's storage. */
function createStorage() {
  const map = new Map<string, string>();
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
    key: (index: number) => [...map.keys()][index] ?? null,
    get length() {
      return map.size;
    },
  };
}

const comment = (commentId: string, at = 1): Omit<Outgoing, 'problem'> => ({
  commentId: idOf('comment', commentId),
  threadId: idOf('thread', 't'),
  anchor: null,
  body: `I am ${commentId}`,
  at,
});
const open = (storage: ReturnType<typeof createStorage>, send: (outgoing: Outgoing) => Promise<void>): Outbox =>
  createOutbox({ storage, prefix: 'out:', send, explain: String });
const never = (): Promise<void> => new Promise(() => undefined);

test('a comment is shown at once and gone from here when the server has it', async () => {
  const storage = createStorage();
  const outbox = open(storage, async () => undefined);
  outbox.post(comment('a'));
  expect(outbox.list()).toMatchObject([{ commentId: 'a', problem: null }]);
  await vi.waitFor(() => expect(outbox.list()).toEqual([]));
  expect(storage.map.size).toBe(0);
});

test('what was not taken stays, says why, and can be sent again', async () => {
  const storage = createStorage();
  let isUp = false;
  const outbox = open(storage, async () => {
    if (!isUp) throw new Error('no line');
  });
  outbox.post(comment('a'));
  await vi.waitFor(() => expect(outbox.list()).toMatchObject([{ problem: 'Error: no line' }]));
  isUp = true;
  outbox.retry('a');
  expect(outbox.list()).toMatchObject([{ problem: null }]);
  await vi.waitFor(() => expect(outbox.list()).toEqual([]));
});

test('comments go one after the other, and one that fails holds up none', async () => {
  const sent: string[] = [];
  const outbox = open(createStorage(), async ({ commentId }) => {
    sent.push(commentId);
    if (commentId === 'b') throw new Error('no');
  });
  for (const id of ['a', 'b', 'c']) outbox.post(comment(id));
  await vi.waitFor(() => expect(sent).toEqual(['a', 'b', 'c']));
  await vi.waitFor(() => expect(outbox.list().map(({ commentId }) => commentId)).toEqual(['b']));
});

test('what was on its way when the page was left is sent when it is loaded anew, in its order', async () => {
  const storage = createStorage();
  const before = open(storage, never);
  before.post(comment('late', 2));
  before.post(comment('early', 1));
  storage.setItem('out:broken', '{');
  storage.setItem('other:x', JSON.stringify(comment('of somebody else')));
  const sent: string[] = [];
  const after = open(storage, async ({ commentId }) => void sent.push(commentId));
  expect(after.list()).toMatchObject([{ commentId: 'early' }, { commentId: 'late' }]);
  after.start();
  await vi.waitFor(() => expect(sent).toEqual(['early', 'late']));
});

test('what is thrown away is not sent any more', async () => {
  const storage = createStorage();
  const sent: string[] = [];
  const outbox = open(storage, async ({ commentId }) => void sent.push(commentId));
  outbox.post(comment('a'));
  outbox.post(comment('b'));
  outbox.discard('b');
  await vi.waitFor(() => expect(outbox.list()).toEqual([]));
  expect(sent).toEqual(['a']);
  expect(storage.map.size).toBe(0);
});

test('a storage that is full keeps nobody from sending', async () => {
  const storage = createStorage();
  const sent: string[] = [];
  const full = {
    ...storage,
    length: 0,
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  };
  const outbox = createOutbox({
    storage: full,
    prefix: 'out:',
    send: async ({ commentId }) => void sent.push(commentId),
    explain: String,
  });
  outbox.post(comment('a'));
  await vi.waitFor(() => expect(sent).toEqual(['a']));
});
