'use client';
import { useId, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { flushSync } from 'react-dom';
import { cx } from '#ui/format/cx.ts';
import { AnchoredPopover } from '#ui/overlays/anchored-popover.tsx';
import { Avatar } from '#ui/people/avatar.tsx';
import type { Findable } from '../findable.ts';
import { useComments } from '../provider.tsx';
import { changeText, insertMention, type Draft } from './draft.ts';
import { findPeople, queryAt } from './find-people.ts';
import { MarkedTextArea } from './marked-text-area.tsx';

interface MentionFieldProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly label: string;
  readonly placeholder: string;
  readonly autoFocus?: boolean;
  readonly describedBy?: string | undefined;
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
}

/** A text with people in it: an `@` offers them, arrows choose, Enter or Tab takes, Escape turns it down. */
export function MentionField({
  draft,
  onChange,
  label,
  placeholder,
  autoFocus = false,
  describedBy,
  onKeyDown,
}: MentionFieldProps) {
  const { people } = useComments();
  const listId = useId();
  const [caret, setCaret] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const [turnedDown, setTurnedDown] = useState<number | null>(null);
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const query = caret === null ? null : queryAt(draft, caret);
  const offered = query && query.from !== turnedDown ? findPeople(people, query.text) : [];
  const active = Math.min(chosen, offered.length - 1);
  const isOpen = offered.length > 0;
  const turnDown = () => setTurnedDown(query?.from ?? null);

  const follow = ({ currentTarget: { selectionStart, selectionEnd } }: SyntheticEvent<HTMLTextAreaElement>) =>
    setCaret(selectionStart === selectionEnd ? selectionEnd : null);
  const take = (field: HTMLTextAreaElement, person: Findable | undefined) => {
    if (!query || !person) return;
    const next = insertMention(draft, query, person);
    // The text has to be there before the caret can be put into it.
    flushSync(() => onChange(next.draft));
    field.setSelectionRange(next.caret, next.caret);
    setCaret(next.caret);
    setChosen(0);
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const step = isOpen ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined;
    const takes =
      isOpen && (event.key === 'Tab' || event.key === 'Enter') && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (step !== undefined) setChosen((active + step + offered.length) % offered.length);
    else if (takes) take(event.currentTarget, offered[active]);
    else if (isOpen && event.key === 'Escape') turnDown();
    else return onKeyDown(event);
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <MarkedTextArea
        draft={draft}
        place={isOpen && query ? query.from : null}
        placeRef={setPlace}
        autoFocus={autoFocus}
        aria-label={label}
        aria-describedby={describedBy}
        placeholder={placeholder}
        aria-autocomplete="list"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? `${listId}-${active}` : undefined}
        onChange={(event) => {
          const { value, selectionEnd } = event.currentTarget;
          onChange(changeText(draft, value, selectionEnd));
          setCaret(selectionEnd);
          setChosen(0);
          if (turnedDown !== null && value[turnedDown] !== '@') setTurnedDown(null);
        }}
        onSelect={follow}
        onBlur={() => setCaret(null)}
        onKeyDown={onKey}
      />
      <AnchoredPopover anchor={isOpen ? place : null} role="list" label="People" onClose={turnDown}>
        <ul id={listId} role="listbox" aria-label="People" className="max-w-72 min-w-48 p-1">
          {offered.map((person, index) => (
            <li
              key={person.userId}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              className={cx(
                'flex cursor-pointer items-center gap-2 rounded-md px-2 py-1',
                index === active && 'bg-hover',
              )}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => {
                const field = document.activeElement;
                if (field instanceof HTMLTextAreaElement) take(field, person);
              }}
            >
              <Avatar id={person.userId} name={person.name} size="sm" />
              <span className="truncate font-medium">{person.name}</span>
              <span className="truncate text-2xs text-muted">{person.email}</span>
            </li>
          ))}
        </ul>
      </AnchoredPopover>
    </>
  );
}
