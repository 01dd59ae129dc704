'use client';
import { FileUp } from 'lucide-react';
import { useState, type DragEvent } from 'react';
import { problemText } from '#core/market/csv-problems.ts';
import { Notice } from '#ui/feedback/notice.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { cx } from '#ui/format/cx.ts';
import { formatTime } from '#ui/format/format-time.ts';
import type { FileFacts } from './read-bars-file.ts';
import type { FileRefusal } from './send-file.ts';

/** `reading` until the whole file was read. */
export interface Chosen {
  readonly file: File;
  readonly facts: FileFacts | 'reading';
}

/** How the file is read, where that may surprise, what is odd about its bars, and what is wrong with it. */
export function FileNotes({ facts }: { readonly facts: FileFacts }) {
  if (facts.kind === 'problem') return <Lines title="The file is not right." lines={[facts.message]} />;
  return (
    <>
      <Lines title="How the file is read" lines={facts.notes} />
      <Lines title="Look at these bars" lines={facts.doubts} />
    </>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Notice title={title}>
      {lines.map((line) => (
        <p key={line} className="text-xs">
          {line}
        </p>
      ))}
    </Notice>
  );
}

export function DropZone({
  chosen,
  onFile,
}: {
  readonly chosen: Chosen | null;
  readonly onFile: (file: File | undefined) => void;
}) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <label
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        'flex flex-col items-center gap-1 rounded-lg border border-dashed border-line-strong px-4 py-6 text-center focus-within:outline-2 focus-within:outline-accent',
        over && 'border-accent bg-accent-soft',
      )}
    >
      <FileUp className="size-5 text-faint" aria-hidden />
      <span className="font-medium">{chosen ? chosen.file.name : 'Drop a CSV here, or choose one'}</span>
      <span className="text-xs text-faint">
        {chosen ? sizeOf(chosen) : 'Times as dates or numbers; those without a zone are UTC'}
      </span>
      <input
        type="file"
        accept=".csv,text/csv"
        className="sr-only"
        onChange={(event) => onFile(event.target.files?.[0])}
      />
    </label>
  );
}

/** How much the file has, once it is read. */
function sizeOf({ file, facts }: Chosen): string {
  if (facts === 'reading' || facts.kind === 'problem')
    return `${(file.size / 1024).toLocaleString('en', { maximumFractionDigits: 0 })} kB`;
  return `${facts.bars.toLocaleString('en')} ${facts.bars === 1 ? 'bar' : 'bars'}, ${formatTime(facts.firstTime, 'minute')} to ${formatTime(facts.lastTime, 'minute')}`;
}

export function Refusal({ refusal }: { readonly refusal: FileRefusal }) {
  const { message, problems } = refusal;
  return (
    <Problem title={message}>
      {problems.length > 0 ? (
        <ul className="mt-1 max-h-40 overflow-y-auto text-xs">
          {problems.map((problem) => (
            <li key={`${problem.line} ${problem.message}`}>
              <span className="tabular font-medium text-ink">Line {problem.line}</span>: {problemText(problem)}
            </li>
          ))}
        </ul>
      ) : null}
    </Problem>
  );
}
