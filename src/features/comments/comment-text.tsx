'use client';
import { partsOf } from '#core/comment/body.ts';
import { cx } from '#ui/format/cx.ts';
import { useComments } from './provider.tsx';

/** What somebody wrote, as they wrote it, with the people in it by name. */
export function CommentText({ body }: { readonly body: string }) {
  const { nameOf, me } = useComments();
  return (
    <p className="wrap-anywhere whitespace-pre-wrap">
      {partsOf(body).map((part, index) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <span
            key={index}
            className={cx(
              'rounded-sm px-0.5 font-medium',
              part.userId === me ? 'bg-accent-soft text-accent-text' : 'text-accent-text',
            )}
          >
            @{nameOf(part.userId)}
          </span>
        ),
      )}
    </p>
  );
}
