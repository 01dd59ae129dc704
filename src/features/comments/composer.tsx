'use client';
import { Eye } from 'lucide-react';
import { useId, useState } from 'react';
import { tidyBody, whyNotBody } from '#core/comment/body.ts';
import { Button } from '#ui/controls/button.tsx';
import { Kbd } from '#ui/layout/kbd.tsx';
import { bodyOf, EMPTY_DRAFT, type Draft } from './draft/draft.ts';
import { MentionField } from './draft/mention-field.tsx';
import { useDraft } from './draft/use-draft.ts';
import { useComments } from './provider.tsx';

interface ComposerProps {
  /** Under which what is unsent is kept; the component's key, too. */
  readonly place: string;
  readonly label: string;
  readonly placeholder: string;
  /** The verb on the button. */
  readonly action: string;
  readonly autoFocus?: boolean;
  /** What is there to begin with. */
  readonly first?: Draft;
  readonly onSend: (body: string) => void;
  readonly onCancel?: () => void;
}

/** Where one writes. What is not sent is kept, also when the page is left. */
export function Composer({
  place,
  label,
  placeholder,
  action,
  autoFocus = false,
  first = EMPTY_DRAFT,
  onSend,
  onCancel,
}: ComposerProps) {
  const { denied, me } = useComments();
  const noteId = useId();
  const [draft, setDraft] = useDraft(`${me}:${place}`, first);
  const [isPressed, setPressed] = useState(false);
  const body = tidyBody(bodyOf(draft));
  const why = whyNotBody(body);
  // Who has not begun need not be told to.
  const problem = why !== null && (body !== '' || isPressed) ? why : undefined;
  if (denied !== undefined)
    return (
      <p className="flex items-start gap-2 text-xs text-muted">
        <Eye className="mt-px size-3.5 shrink-0" aria-hidden />
        {denied}
      </p>
    );
  const send = () => {
    setPressed(true);
    if (why !== null) return;
    setPressed(false);
    setDraft(EMPTY_DRAFT);
    onSend(body);
  };
  const cancel =
    onCancel &&
    (() => {
      setDraft(EMPTY_DRAFT);
      onCancel();
    });
  return (
    <form
      className="space-y-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <MentionField
        draft={draft}
        onChange={setDraft}
        label={label}
        placeholder={placeholder}
        autoFocus={autoFocus}
        describedBy={problem === undefined ? undefined : noteId}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          send();
        }}
      />
      {problem === undefined ? null : (
        <p id={noteId} role="alert" className="text-xs text-bad">
          {problem}
        </p>
      )}
      <div className="flex items-center gap-2">
        <Button type="submit" size="sm" look="primary" disabled={problem !== undefined && body !== ''}>
          {action}
        </Button>
        {cancel ? (
          <Button size="sm" look="quiet" onClick={cancel}>
            Cancel
          </Button>
        ) : null}
        <span className="ml-auto flex items-center gap-1 text-2xs text-faint max-sm:hidden">
          <Kbd keys="mod+enter" /> sends
        </span>
      </div>
    </form>
  );
}
