import { expect, test } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import type { Outgoing } from './outbox.ts';
import { withOutgoing } from './with-outgoing.ts';

const ADA = idOf('user', 'ada');
const BEN = idOf('user', 'ben');

const said = (id: string) => ({
  id: idOf('comment', id),
  authorId: BEN,
  body: id,
  createdAt: 1,
  editedAt: null,
  isDeleted: false,
});
const thread = {
  id: idOf('thread', 't'),
  anchor: { kind: 'formula' as const },
  createdAt: 1,
  updatedAt: 1,
  resolved: null,
  comments: [said('one')],
};
const outgoing = (change: Partial<Outgoing>): Outgoing => ({
  commentId: idOf('comment', 'two'),
  threadId: idOf('thread', 't'),
  anchor: null,
  body: 'two',
  at: 2,
  problem: null,
  ...change,
});

test('a reply on its way stands at the end of its thread, once', () => {
  const [shown] = withOutgoing([thread], [outgoing({})], ADA);
  expect(shown?.comments.map(({ id, authorId, state }) => [id, authorId, state])).toEqual([
    ['one', 'ben', 'saved'],
    ['two', 'ada', 'sending'],
  ]);
  const [arrived] = withOutgoing([{ ...thread, comments: [said('one'), said('two')] }], [outgoing({})], ADA);
  expect(arrived?.comments.map(({ id, state }) => [id, state])).toEqual([
    ['one', 'saved'],
    ['two', 'saved'],
  ]);
});

test('a thread on its way is one already', () => {
  const [begun, known] = withOutgoing(
    [thread],
    [outgoing({ threadId: idOf('thread', 'new'), anchor: { kind: 'node', nodeId: 'n' } })],
    ADA,
  );
  expect(begun).toMatchObject({ id: 'new', isSaved: false, anchor: { kind: 'node', nodeId: 'n' } });
  expect(known?.id).toBe('t');
});

test('a reply to a thread that is gone is not lost', () => {
  const [orphan] = withOutgoing([], [outgoing({ problem: 'This thread is not here any more.' })], ADA);
  expect(orphan?.comments).toMatchObject([
    { body: 'two', state: 'failed', problem: 'This thread is not here any more.' },
  ]);
});
