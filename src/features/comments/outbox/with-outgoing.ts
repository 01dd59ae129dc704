import type { UserId } from '#core/requests/ids.ts';
import type { Outputs } from '#trpc/types.ts';
import type { Outgoing } from './outbox.ts';

type Thread = Outputs['comment']['list']['threads'][number];
type Comment = Thread['comments'][number];

/** A comment as it is shown. */
export interface ShownComment extends Comment {
  /** `failed`: the server did not take it, because of `problem`. */
  readonly state: 'saved' | 'sending' | 'failed';
  readonly problem: string | null;
}

export interface ShownThread extends Omit<Thread, 'comments'> {
  readonly comments: readonly ShownComment[];
  /** The server has it. */
  readonly isSaved: boolean;
}

/**
 * The server's threads with what is on its way there. What belongs to a thread that is gone is shown as one of its own,
 * so that its words are not lost.
 */
export function withOutgoing(
  threads: readonly Thread[],
  outgoing: readonly Outgoing[],
  me: UserId,
): readonly ShownThread[] {
  const known = new Set(threads.flatMap(({ comments }) => comments.map(({ id }) => id)));
  const byThread = Map.groupBy(
    outgoing.filter(({ commentId }) => !known.has(commentId)),
    ({ threadId }) => threadId,
  );
  const shown = threads.map((thread): ShownThread => ({
    ...thread,
    isSaved: true,
    comments: [
      ...thread.comments.map((comment): ShownComment => ({ ...comment, state: 'saved', problem: null })),
      ...(byThread.get(thread.id) ?? []).map((one) => shownOf(one, me)),
    ],
  }));
  for (const { id } of threads) byThread.delete(id);
  const begun = [...byThread].flatMap(([id, said]): readonly ShownThread[] => {
    const [first] = said;
    if (!first) return [];
    const anchor =
      first.anchor?.kind === 'node'
        ? { ...first.anchor, about: { label: 'A node', code: '' } }
        : first.anchor?.kind === 'change'
          ? { ...first.anchor, nodeId: null, about: { label: 'A change', code: '' } }
          : { kind: 'formula' as const };
    return [
      {
        id,
        anchor,
        createdAt: first.at,
        updatedAt: first.at,
        resolved: null,
        isSaved: false,
        comments: said.map((one) => shownOf(one, me)),
      },
    ];
  });
  return [...begun, ...shown];
}

const shownOf = ({ commentId, body, at, problem }: Outgoing, me: UserId): ShownComment => ({
  id: commentId,
  authorId: me,
  body,
  createdAt: at,
  editedAt: null,
  isDeleted: false,
  state: problem === null ? 'sending' : 'failed',
  problem,
});
