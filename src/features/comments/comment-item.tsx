'use client';
import { CircleAlert, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Age } from '#ui/data/time.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Confirm } from '#ui/overlays/confirm.tsx';
import { Menu, MenuItem } from '#ui/overlays/menu.tsx';
import { Avatar } from '#ui/people/avatar.tsx';
import { CommentText } from './comment-text.tsx';
import { Composer } from './composer.tsx';
import { draftOf, EMPTY_DRAFT } from './draft/draft.ts';
import { hasDraft, keepDraft } from './draft/use-draft.ts';
import type { ShownComment } from './outbox/with-outgoing.ts';
import { useComments } from './provider.tsx';
import { useCommentActions } from './use-comment-actions.ts';

/** One comment: who, when, what; one's own can be changed. */
export function CommentItem({ comment }: { readonly comment: ShownComment }) {
  const { nameOf, me, denied } = useComments();
  const { id, authorId, body, createdAt, editedAt, state } = comment;
  const isOwn = authorId === me && denied === undefined && state === 'saved';
  // What was being edited when the page was left is there again.
  const [isEditing, setEditing] = useState(() => isOwn && hasDraft(placeOf(me, id)));
  const name = nameOf(authorId);
  if (comment.isDeleted) return <li className="py-1.5 text-xs text-faint italic">A comment of {name} was deleted.</li>;
  return (
    <li className="flex gap-2 py-1.5" aria-label={`Comment of ${name}`}>
      <Avatar id={authorId ?? ''} name={name} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className="flex h-6 items-center gap-1.5 text-xs">
          <span className="truncate font-semibold">{name}</span>
          {state === 'sending' ? (
            <span className="text-faint">sending…</span>
          ) : (
            <Age value={createdAt} className="text-faint" />
          )}
          {editedAt === null ? null : <span className="text-faint">edited</span>}
          {isOwn && !isEditing ? <OwnMenu id={id} onEdit={() => setEditing(true)} /> : null}
        </p>
        {isEditing ? <EditComment comment={comment} onEditing={setEditing} /> : <CommentText body={body} />}
        {state === 'failed' ? <NotSent comment={comment} /> : null}
      </div>
    </li>
  );
}

const placeOf = (me: string, id: string): string => `${me}:edit:${id}`;

interface EditCommentProps {
  readonly comment: ShownComment;
  readonly onEditing: (isEditing: boolean) => void;
}

function EditComment({ comment: { id, body }, onEditing }: EditCommentProps) {
  const { nameOf, me } = useComments();
  const { edit } = useCommentActions();
  const save = (text: string) => {
    // Until the server has it; when it refuses, the text is there to be sent again.
    keepDraft(placeOf(me, id), draftOf(text, nameOf));
    onEditing(false);
    edit.mutateAsync({ id, body: text }).then(
      () => keepDraft(placeOf(me, id), EMPTY_DRAFT),
      (error: unknown) => {
        toast.error('The comment was not changed', { description: explainError(error).advice });
        onEditing(true);
      },
    );
  };
  return (
    <Composer
      place={`edit:${id}`}
      first={draftOf(body, nameOf)}
      label="Edit the comment"
      placeholder=""
      action="Save"
      autoFocus
      onSend={save}
      onCancel={() => onEditing(false)}
    />
  );
}

function OwnMenu({ id, onEdit }: { readonly id: string; readonly onEdit: () => void }) {
  const { remove } = useCommentActions();
  const [isAsking, setAsking] = useState(false);
  return (
    <span className="ml-auto">
      <Menu
        trigger={
          <IconButton size="sm" className="size-6!" label="Change the comment">
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={onEdit}>
          Edit
        </MenuItem>
        <MenuItem icon={<Trash2 />} danger onSelect={() => setAsking(true)}>
          Delete
        </MenuItem>
      </Menu>
      <Confirm
        open={isAsking}
        onOpenChange={setAsking}
        title="Delete this comment?"
        action="Delete"
        onConfirm={() => {
          setAsking(false);
          remove.mutate({ id });
        }}
      >
        Nobody can read it any more. What others answered stays.
      </Confirm>
    </span>
  );
}

function NotSent({ comment: { id, problem } }: { readonly comment: ShownComment }) {
  const { retry, discard } = useComments();
  return (
    <div role="alert" className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-bad">
      <CircleAlert className="size-3.5 shrink-0" aria-hidden />
      <span className="min-w-0 flex-1 basis-40">Not sent. {problem}</span>
      <Button size="sm" onClick={() => retry(id)}>
        Try again
      </Button>
      <Button size="sm" look="quiet" onClick={() => discard(id)}>
        Discard
      </Button>
    </div>
  );
}
