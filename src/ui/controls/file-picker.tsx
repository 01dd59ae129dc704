'use client';
import { FileUp } from 'lucide-react';
import type { ChangeEvent } from 'react';

export interface FilePickerProps {
  readonly title: string;
  /** Which files, how large, how many. */
  readonly hint: string;
  /** Extensions with their dots. */
  readonly accept: readonly string[];
  readonly multiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** A place to choose files from. Dropping on it is the business of a `FileDrop` around it. */
export function FilePicker({ title, hint, accept, multiple = false, onFiles }: FilePickerProps) {
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])]);
    // The same file again is a choice, too: it may have been mended meanwhile.
    event.target.value = '';
  };
  return (
    <label className="flex cursor-pointer flex-col items-center gap-1 rounded-lg border border-dashed border-line-strong px-4 py-6 text-center hover:border-accent focus-within:outline-2 focus-within:outline-accent">
      <FileUp className="size-5 text-faint" aria-hidden />
      <span className="font-medium">{title}</span>
      <span className="text-xs text-faint text-pretty">{hint}</span>
      <input type="file" accept={accept.join(',')} multiple={multiple} className="sr-only" onChange={choose} />
    </label>
  );
}
