'use client';
import type { AnchorTarget } from '#core/comment/anchor.ts';
import { labelOf } from '#core/comment/anchor.ts';
import type { ThreadId } from '#core/requests/ids.ts';
import { Composer, useComments } from '#features/comments/index.ts';
import { useSnapshot } from '../session/use-session.ts';

interface NewThreadProps {
  readonly anchor: AnchorTarget;
  readonly autoFocus: boolean;
  readonly onBegun: (threadId: ThreadId) => void;
  readonly onCancel?: () => void;
}

/** Where a conversation about something begins. */
export function NewThread({ anchor, autoFocus, onBegun, onCancel }: NewThreadProps) {
  const { formulaId, post } = useComments();
  const about = useSnapshot(({ formula }) =>
    anchor.kind === 'node' ? (labelOf(formula, anchor.nodeId) ?? 'a node that is deleted') : 'the formula',
  );
  const place = `new:${formulaId}:${anchor.kind === 'node' ? anchor.nodeId : ''}`;
  return (
    <Composer
      key={place}
      place={place}
      label={`Comment on ${about}`}
      placeholder={`Comment on ${about}. @ tells a colleague.`}
      action="Comment"
      autoFocus={autoFocus}
      onSend={(body) => onBegun(post({ anchor, body }))}
      {...(onCancel ? { onCancel } : {})}
    />
  );
}
