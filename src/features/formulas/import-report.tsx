'use client';
import { CircleAlert, CircleCheck, Clock, LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import type { FileOutcome } from './import-files.ts';
import type { ImportedFile } from './use-imports.ts';

interface ImportReportProps {
  readonly files: readonly ImportedFile[];
  readonly onOpen: () => void;
}

const ICONS = {
  waiting: <Clock className="text-faint" aria-label="Waiting" />,
  sending: <LoaderCircle className="animate-spin text-faint" aria-label="Importing" />,
  imported: <CircleCheck className="text-good" aria-label="Imported" />,
  refused: <CircleAlert className="text-bad" aria-label="Refused" />,
} as const;

/** What became of each file. */
export function ImportReport({ files, onOpen }: ImportReportProps) {
  return (
    <ul aria-label="Files" className="divide-y divide-line/70 rounded-lg border">
      {files.map(({ key, name, size, outcome }) => (
        <li key={key} className="flex gap-2.5 px-3 py-2.5 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0">
          {ICONS[outcome.state]}
          <div className="min-w-0 flex-1">
            <p className="flex items-baseline justify-between gap-3">
              <span className="truncate font-medium">{name}</span>
              <span className="tabular shrink-0 text-2xs text-faint">{sizeOf(size)}</span>
            </p>
            <Outcome outcome={outcome} onOpen={onOpen} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Outcome({ outcome, onOpen }: { readonly outcome: FileOutcome; readonly onOpen: () => void }) {
  switch (outcome.state) {
    case 'waiting':
    case 'sending':
      return null;
    case 'imported':
      return (
        <>
          <p className="text-muted">
            Imported as{' '}
            <Link
              href={`/formulas/${outcome.id}`}
              onClick={onOpen}
              className="rounded-sm font-medium text-accent-text hover:underline"
            >
              {outcome.name}
            </Link>
          </p>
          {outcome.warnings.length > 0 ? (
            <ProblemTexts
              title={`${outcome.warnings.length} ${outcome.warnings.length === 1 ? 'warning' : 'warnings'}`}
              problems={outcome.warnings}
              more={0}
            />
          ) : null}
        </>
      );
    case 'refused':
      return (
        <>
          <p className="text-muted">{outcome.message}</p>
          {outcome.problems.length > 0 ? (
            <ProblemTexts
              open
              title="What is wrong"
              problems={outcome.problems}
              more={outcome.problemCount - outcome.problems.length}
            />
          ) : null}
        </>
      );
  }
}

interface ProblemTextsProps {
  readonly title: string;
  readonly problems: readonly string[];
  readonly more: number;
  readonly open?: boolean;
}

function ProblemTexts({ title, problems, more, open = false }: ProblemTextsProps) {
  return (
    <details open={open} className="mt-1">
      <summary className="w-fit rounded-sm text-xs text-faint hover:text-ink">{title}</summary>
      <ul className="mt-1 max-h-44 space-y-1 overflow-y-auto text-xs">
        {problems.map((problem, index) => (
          <li key={index} className="wrap-anywhere">
            {problem}
          </li>
        ))}
        {more > 0 ? <li className="text-faint">… and {more.toLocaleString('en')} more.</li> : null}
      </ul>
    </details>
  );
}

const sizeOf = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${(bytes / 1000).toFixed(1)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`;
