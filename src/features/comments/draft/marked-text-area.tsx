'use client';
import type { ComponentProps, ReactNode, Ref } from 'react';
import { cx } from '#ui/format/cx.ts';
import type { Draft } from './draft.ts';

interface MarkedTextAreaProps extends Omit<ComponentProps<'textarea'>, 'value' | 'className'> {
  readonly draft: Draft;
  /** A place in the text whose element `placeRef` gets. */
  readonly place: number | null;
  readonly placeRef: Ref<HTMLSpanElement>;
}

/** Text and its copy behind it are the same to the pixel: the copy lends it its height, and marks. */
const SAME =
  'col-start-1 row-start-1 min-h-16 w-full min-w-0 rounded-md border px-2.5 py-1.5 text-sm wrap-anywhere whitespace-pre-wrap';

/** A text area that grows with its text, the people in it marked. */
export function MarkedTextArea({ draft, place, placeRef, ...rest }: MarkedTextAreaProps) {
  return (
    <div className="grid">
      <div aria-hidden className={cx(SAME, 'border-transparent bg-raised text-transparent')}>
        {copyOf(draft, place, placeRef)}
        {'\u200b'}
      </div>
      <textarea
        {...rest}
        value={draft.text}
        rows={1}
        className={cx(
          SAME,
          'resize-none overflow-hidden border-line-strong/80 bg-transparent text-ink placeholder:text-faint hover:border-line-strong focus-visible:border-accent focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-accent disabled:opacity-50',
        )}
      />
    </div>
  );
}

function copyOf({ text, mentions }: Draft, place: number | null, placeRef: Ref<HTMLSpanElement>): ReactNode[] {
  const copy: ReactNode[] = [];
  let at = 0;
  const plain = (to: number): void => {
    if (place !== null && place >= at && place < to) {
      copy.push(text.slice(at, place), <span key="place" ref={placeRef} />);
      at = place;
    }
    copy.push(text.slice(at, to));
    at = to;
  };
  for (const { from, to } of mentions) {
    plain(from);
    copy.push(
      <mark key={from} className="rounded-sm bg-accent-soft text-transparent">
        {text.slice(from, to)}
      </mark>,
    );
    at = to;
  }
  plain(text.length);
  return copy;
}
