'use client';
import { FileUp } from 'lucide-react';
import { useState, type DragEvent, type ReactNode } from 'react';
import { cx } from '../format/cx.ts';

export interface FileDropProps {
  readonly onFiles: (files: readonly File[]) => void;
  /** What dropping does: "Drop to import". */
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/**
 * Takes files dropped anywhere on its children, dialogs among them. It listens before its children do, so that a file
 * does not end up as text in an editor; other things that are dragged pass through.
 */
export function FileDrop({ onFiles, label, className, children }: FileDropProps) {
  const [isOver, setOver] = useState(false);
  const onDragOver = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  const onDragLeave = (event: DragEvent) => {
    // Moving from one child to another is no leaving; what is entered is null when the pointer leaves the window.
    if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(false);
  };
  const onDrop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      className={cx('relative', className)}
      onDragOverCapture={onDragOver}
      onDragLeave={onDragLeave}
      onDropCapture={onDrop}
    >
      {children}
      {isOver ? (
        <div className="pointer-events-none absolute inset-2 z-30 flex justify-center rounded-xl border-2 border-dashed border-accent bg-canvas/85">
          <p className="sticky top-[44dvh] flex h-fit items-center gap-2 text-base font-medium text-accent-text">
            <FileUp className="size-5" aria-hidden />
            {label}
          </p>
        </div>
      ) : null}
    </div>
  );
}
