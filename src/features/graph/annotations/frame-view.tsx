'use client';
import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { LONGEST_TITLE, type AnnotationId, type Frame } from '#core/formula/model/annotations.ts';
import type { Point } from '#core/formula/model/formula.ts';
import { useLevel } from '../context.ts';
import { useNaming } from '../graph-provider.tsx';
import { COLOR_OF, Tool, Tools } from './annotation-tools.tsx';
import { drawnArea } from './folds.ts';
import { useAnnotationText } from './use-annotation-text.ts';
import { useMoveArea } from './use-move-area.ts';

export interface FrameViewProps {
  readonly id: AnnotationId;
  readonly frame: Frame;
  readonly memberCount: number;
  readonly canEdit: boolean;
  readonly onMove: (shift: Point) => void;
  readonly onMoved: (shift: Point, gesture?: object) => void;
  readonly onCancel: () => void;
  /** Null takes the frame away; its nodes stay. */
  readonly onChange: (frame: Frame | null) => void;
  readonly onFold: () => void;
  /** The focus is on the frame: nodes are not selected any more. */
  readonly onFocus: () => void;
}

/**
 * A frame around nodes: moved by its title with all that is in it, named in place, coloured and folded. Between its
 * title and its border the canvas is as elsewhere.
 */
export function FrameView({
  id,
  frame,
  memberCount,
  canEdit,
  onMove,
  onMoved,
  onCancel,
  onChange,
  onFold,
  onFocus,
}: FrameViewProps) {
  const { renaming, rename } = useNaming();
  const isNaming = canEdit && renaming === id;
  const isFar = useLevel() !== 'fields';
  const hand = useMoveArea({
    area: frame,
    isOn: canEdit && !isNaming,
    onMove,
    onMoved,
    onCancel,
    onResized: (area) => onChange({ ...frame, ...area }),
  });
  const { x, y, width, height } = drawnArea({ ...frame, ...hand.area });
  const nodes = memberCount === 1 ? '1 node' : `${memberCount} nodes`;
  const words = `Frame ${frame.title === '' ? 'without a name' : frame.title}, ${nodes}${frame.folded ? ', folded' : ''}`;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isNaming || event.target !== event.currentTarget) return;
    const isTaken = hand.takeKey(event) || (canEdit && command(event.key));
    if (isTaken) event.preventDefault();
    if (isTaken) event.stopPropagation();
  };
  const command = (key: string): boolean => {
    if (key === 'Delete' || key === 'Backspace') onChange(null);
    else if (key === 'F2') rename(id);
    else if (key === 'Enter') onFold();
    else return false;
    return true;
  };
  return (
    <section
      data-testid={`frame-${frame.title}`}
      data-frame={id}
      className="group/annotation pointer-events-none absolute rounded-xl border-2"
      style={{
        transform: `translate(${x}px, ${y}px)`,
        width,
        height,
        borderColor: COLOR_OF[frame.color],
        background: `color-mix(in oklch, ${COLOR_OF[frame.color]} 9%, transparent)`,
      }}
    >
      <header
        role="group"
        aria-label={words}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onDoubleClick={canEdit ? () => rename(id) : undefined}
        {...hand.move}
        className="pointer-events-auto flex h-8.5 cursor-grab items-center gap-1.5 rounded-t-lg px-2.5 font-semibold outline-accent"
        style={{ background: `color-mix(in oklch, ${COLOR_OF[frame.color]} 22%, transparent)` }}
      >
        {isNaming ? (
          <Title id={id} said={frame.title} />
        ) : (
          <span className="min-w-0 truncate" style={isFar ? { fontSize: 'var(--title-size)' } : undefined}>
            {frame.title === '' ? <span className="text-faint">Frame</span> : frame.title}
          </span>
        )}
        <span className="ml-auto shrink-0 text-2xs font-normal text-muted">{frame.folded ? nodes : ''}</span>
        {canEdit && !isNaming ? (
          <Tools
            what="frame"
            color={frame.color}
            onColor={(color) => onChange({ ...frame, color })}
            onRemove={() => onChange(null)}
          >
            <Tool label={frame.folded ? 'Unfold the frame' : 'Fold the frame'} onClick={onFold}>
              {frame.folded ? <ChevronsUpDown /> : <ChevronsDownUp />}
            </Tool>
          </Tools>
        ) : null}
      </header>
      {canEdit && !frame.folded ? (
        <span
          aria-hidden
          data-testid="frame-corner"
          {...hand.resize}
          className="pointer-events-auto absolute right-0 bottom-0 size-4 cursor-nwse-resize rounded-br-lg"
        />
      ) : null}
    </section>
  );
}

/** Typed in place: Enter and leaving commit, Escape leaves the title as it was. */
function Title({ id, said }: { readonly id: AnnotationId; readonly said: string }) {
  const { text, type, end } = useAnnotationText(id, '@title', said);
  return (
    <input
      autoFocus
      aria-label="Name of the frame"
      maxLength={LONGEST_TITLE}
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => type(event.target.value)}
      onPointerDown={(event) => event.stopPropagation()}
      onBlur={() => end('keep')}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') end('keep');
        if (event.key === 'Escape') end('discard');
      }}
      className="h-6 min-w-0 flex-1 rounded-sm border border-accent bg-raised px-1 outline-none"
    />
  );
}
