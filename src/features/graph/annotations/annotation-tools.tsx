'use client';
import { Palette, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { ANNOTATION_COLORS, type AnnotationColor } from '#core/formula/model/annotations.ts';
import { cx } from '#ui/format/cx.ts';

/** The hue of a colour, in both themes. */
export const COLOR_OF: Readonly<Record<AnnotationColor, string>> = {
  grey: 'var(--faint)',
  blue: 'var(--thread-1)',
  green: 'var(--thread-6)',
  yellow: 'var(--thread-5)',
  red: 'var(--thread-2)',
  violet: 'var(--thread-7)',
};

export const nextColor = (color: AnnotationColor): AnnotationColor =>
  ANNOTATION_COLORS[(ANNOTATION_COLORS.indexOf(color) + 1) % ANNOTATION_COLORS.length] ?? 'grey';

interface ToolProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export const Tool = ({ label, onClick, children }: ToolProps) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    onClick={onClick}
    onPointerDown={(event) => event.stopPropagation()}
    className="grid size-5 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink [&_svg]:size-3.5"
  >
    {children}
  </button>
);

interface ToolsProps {
  readonly color: AnnotationColor;
  readonly onColor: (color: AnnotationColor) => void;
  readonly onRemove: () => void;
  readonly what: 'frame' | 'note';
  readonly className?: string;
  readonly children?: ReactNode;
}

/** What can be done with a frame or a note, at its corner. */
export function Tools({ color, onColor, onRemove, what, className, children }: ToolsProps) {
  return (
    <span
      className={cx(
        'flex opacity-0 group-focus-within/annotation:opacity-100 group-hover/annotation:opacity-100',
        className,
      )}
    >
      {children}
      <Tool label={`Another colour than ${color}`} onClick={() => onColor(nextColor(color))}>
        <Palette />
      </Tool>
      <Tool label={`Delete the ${what}`} onClick={onRemove}>
        <Trash2 />
      </Tool>
    </span>
  );
}
