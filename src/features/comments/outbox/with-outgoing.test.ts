import { expect, test } from 'vitest';
import type { Outgoing } from './outbox.ts';
import { withOutgoing } from './with-outgoing.ts';

const said = (id: string) => ({ id, authorId: 'ben', body: id, createdAt: 1, editedAt: null, isDeleted: false });
const thread = {
  id: 't',
  anchor: { kind: 'formula' as const },
  createdAt: 1,
  updatedAt: 1,
  resolved: null,
  comments: [said('one')],
};
const outgoing = (change: Partial<Outgoing>): Outgoing => ({
  commentId: 'two',
  threadId: 't',
  anchor: null,
  body: 'two',
  at: 2,
  problem: null,
  ...change,
});

test('a reply on its way stands at the end of its thread, once', () => {
  const [shown] = withOutgoing([thread], [outgoing({})], 'ada');
  expect(shown?.comments.map(({ id, authorId, state }) => [id, authorId, state])).toEqual([
    ['one', 'ben', 'saved'],
    ['two', 'ada', 'sending'],
  ]);
  const [arrived] = withOutgoing([{ ...thread, comments: [said('one'), said('two')] }], [outgoing({})], 'ada');
  expect(arrived?.comments.map(({ id, state }) => [id, state])).toEqual([
    ['one', 'saved'],
    ['two', 'saved'],
  ]);
});

test('a thread on its way is one already', () => {
  const [begun, known] = withOutgoing(
    [thread],
    [outgoing({ threadId: 'new', anchor: { kind: 'node', nodeId: 'n' } })],
    'ada',
  );
  expect(begun).toMatchObject({ id: 'new', isSaved: false, anchor: { kind: 'node', nodeId: 'n' } });
  expect(known?.id).toBe('t');
});

test('a reply to a thread that is gone is not lost', () => {
  const [orphan] = withOutgoing([], [outgoing({ problem: 'This thread is not here any more.' })], 'ada');
  expect(orphan?.comments).toMatchObject([
    { body: 'two', state: 'failed', problem: 'This thread is not here any more.' },
  ]);
});
