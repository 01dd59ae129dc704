'use client';
import type { KeyboardEvent } from 'react';
import { LONGEST_NOTE, type AnnotationId, type StickyNote } from '#core/formula/model/annotations.ts';
import type { Point } from '#core/formula/model/formula.ts';
import { useNaming } from '../graph-provider.tsx';
import { COLOR_OF, Tools } from './annotation-tools.tsx';
import { useAnnotationText } from './use-annotation-text.ts';
import { useMoveArea } from './use-move-area.ts';

export interface NoteViewProps {
  readonly id: AnnotationId;
  readonly note: StickyNote;
  readonly canEdit: boolean;
  readonly onChange: (note: StickyNote | null, gesture?: object) => void;
  readonly onFocus: () => void;
}

const NOTHING = (): void => undefined;

/** A text on the canvas, typed in place. */
export function NoteView({ id, note, canEdit, onChange, onFocus }: NoteViewProps) {
  const { renaming, rename } = useNaming();
  const isTyping = canEdit && renaming === id;
  const hand = useMoveArea({
    area: note,
    isOn: canEdit && !isTyping,
    onMove: NOTHING,
    onMoved: ({ x, y }: Point, gesture) => onChange({ ...note, x: note.x + x, y: note.y + y }, gesture),
    onCancel: NOTHING,
    onResized: (area) => onChange({ ...note, ...area }),
  });
  const { x, y, width, height } = hand.area;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isTyping || event.target !== event.currentTarget) return;
    const isTaken = hand.takeKey(event) || (canEdit && command(event.key));
    if (isTaken) event.preventDefault();
    if (isTaken) event.stopPropagation();
  };
  const command = (key: string): boolean => {
    if (key === 'Delete' || key === 'Backspace') onChange(null);
    else if (key === 'F2' || key === 'Enter') rename(id);
    else return false;
    return true;
  };
  return (
    <section
      role="group"
      aria-label={`Note: ${note.text === '' ? 'empty' : note.text}`}
      data-testid="note"
      data-note={id}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onDoubleClick={canEdit ? () => rename(id) : undefined}
      {...(isTyping ? {} : hand.move)}
      className="group/annotation pointer-events-auto absolute rounded-md p-2.5 text-sm shadow-raised outline-accent"
      style={{
        transform: `translate(${x}px, ${y}px)`,
        width,
        height,
        background: `color-mix(in oklch, ${COLOR_OF[note.color]} 24%, var(--raised))`,
      }}
    >
      {isTyping ? (
        <Text id={id} said={note.text} />
      ) : (
        <p className="nowheel size-full overflow-y-auto whitespace-pre-wrap wrap-anywhere">
          {note.text === '' ? <span className="text-muted">Double-click to write</span> : note.text}
        </p>
      )}
      {canEdit && !isTyping ? (
        <>
          <Tools
            what="note"
            color={note.color}
            onColor={(color) => onChange({ ...note, color })}
            onRemove={() => onChange(null)}
            className="absolute top-1 right-1 rounded-md bg-raised"
          />
          <span
            aria-hidden
            {...hand.resize}
            className="absolute right-0 bottom-0 size-4 cursor-nwse-resize rounded-br-md"
          />
        </>
      ) : null}
    </section>
  );
}

/** Typed in place: leaving, Ctrl+Enter and Escape keep what was typed, which undo takes back. */
function Text({ id, said }: { readonly id: AnnotationId; readonly said: string }) {
  const { text, type, end } = useAnnotationText(id, '@text', said);
  return (
    <textarea
      autoFocus
      aria-label="Text of the note"
      maxLength={LONGEST_NOTE}
      value={text}
      onChange={(event) => type(event.target.value)}
      onBlur={() => end('keep')}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) end('keep');
      }}
      className="nowheel size-full resize-none bg-transparent outline-none"
    />
  );
}
