import type { Anchor } from '#core/comment/anchor.ts';
import { mentionsIn } from '#core/comment/body.ts';
import type { CommentId, FormulaId, ThreadId, UserId } from '#core/requests/ids.ts';
import { listThreads as select } from '#server/db/queries/comments.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { listNames } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

/** Times are UTC milliseconds, people are ids. */
export interface Comment {
  readonly id: CommentId;
  /** null: their account is gone. */
  readonly authorId: UserId | null;
  readonly body: string;
  readonly createdAt: number;
  readonly editedAt: number | null;
  /** Its author took it away: the body is empty. */
  readonly isDeleted: boolean;
}

export interface Thread {
  readonly id: ThreadId;
  readonly anchor: Anchor;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly resolved: { readonly at: number; readonly by: UserId | null } | null;
  readonly comments: readonly Comment[];
}

export interface Threads {
  /** The last active first. */
  readonly threads: readonly Thread[];
  /** Whether there are threads behind these, or so much was said in one that the oldest of it is left out. */
  readonly isCut: boolean;
  /** What those are called who wrote, were mentioned or resolved something, by their id. */
  readonly names: Readonly<Record<string, string>>;
}

export function listThreads(
  caller: Caller,
  { formulaId, ...page }: Page & { readonly formulaId: FormulaId },
): Promise<Threads> {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    if (!(await findFormula(tx, orgId, formulaId))) throw new AppError('NOT_FOUND', 'There is no such strategy.');
    const { threads: rows, isCut } = await select(tx, orgId, formulaId, page);
    const people = rows.flatMap(({ resolvedBy, comments }) => [
      resolvedBy,
      ...comments.flatMap(({ authorId, body }) => [authorId, ...mentionsIn(body)]),
    ]);
    const names = await listNames(tx, [...new Set(people.filter((id) => id !== null))]);
    const threads = rows.map(({ id, anchor, createdAt, updatedAt, resolvedAt, resolvedBy, comments }): Thread => ({
      id,
      anchor,
      createdAt: createdAt.getTime(),
      updatedAt: updatedAt.getTime(),
      resolved: resolvedAt && { at: resolvedAt.getTime(), by: resolvedBy },
      comments: comments.map((comment) => ({
        id: comment.id,
        authorId: comment.authorId,
        body: comment.body,
        createdAt: comment.createdAt.getTime(),
        editedAt: comment.editedAt?.getTime() ?? null,
        isDeleted: comment.deletedAt !== null,
      })),
    }));
    return { threads, isCut, names: Object.fromEntries(names) };
  });
}
