'use client';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { byWords, type CodeRow, type Stretch } from '#core/diff/report/code-rows.ts';
import type { NodeId } from '#core/formula/model/formula.ts';
import { Segmented } from '#ui/controls/segmented.tsx';
import { cx } from '#ui/format/cx.ts';
import { inlineWords } from './inline-words.ts';

interface CodeViewProps {
  readonly rows: readonly CodeRow[];
  /** The statement of the change that is looked at. */
  readonly statement: NodeId | null;
  readonly onPick: (statement: NodeId) => void;
  readonly below?: (statement: NodeId) => ReactNode;
}

type Mode = 'statements' | 'words';

const MODES = [
  { value: 'statements', label: 'By statement' },
  { value: 'words', label: 'By word' },
] as const;

/** Both formulas as code: statement by statement, with the words that differ; or the words within one text. */
export function CodeView({ rows, statement, onPick, below }: CodeViewProps) {
  const [mode, setMode] = useState<Mode>('statements');
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (statement !== null) list.current?.querySelector('[data-looked="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [statement]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="border-b px-3 py-1.5">
        <Segmented label="Compare the code" value={mode} onChange={setMode} options={MODES} />
      </div>
      <ul
        ref={list}
        aria-label="Code of both versions"
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto py-2 font-mono text-xs leading-5 -outline-offset-2"
      >
        {rows.map((row, place) => {
          const isLast = rows[place + 1]?.id !== row.id;
          return (
            <li
              key={`${row.id}/${rows[place - 1]?.id === row.id ? 'rest' : 'first'}`}
              data-looked={row.kind !== 'same' && row.id === statement}
              // What is out of sight is not laid out: two thousand statements open at once.
              className="[contain-intrinsic-size:auto_20px] [content-visibility:auto] data-[looked=true]:shadow-[inset_3px_0_var(--accent)]"
              {...(row.kind === 'same' ? {} : { onClick: () => onPick(row.id) })}
            >
              <Row row={row} mode={mode} />
              {isLast ? below?.(row.id) : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Row({ row, mode }: { readonly row: CodeRow; readonly mode: Mode }) {
  switch (row.kind) {
    case 'same':
      return <Line kind="same">{row.text}</Line>;
    case 'added':
      return <Line kind="added">{row.after}</Line>;
    case 'removed':
      return <Line kind="removed">{row.before}</Line>;
    case 'changed': {
      if (mode === 'words')
        return (
          <Line kind="changed">
            {inlineWords(row.before, row.after).map(({ kind, text }, index) => {
              const key = `${index}${kind}`;
              if (kind === 'same') return <span key={key}>{text}</span>;
              const Tag = kind === 'added' ? 'ins' : 'del';
              return (
                <Tag key={key} className={kind === 'added' ? 'bg-good-soft font-semibold' : 'bg-bad-soft'}>
                  {text}
                </Tag>
              );
            })}
          </Line>
        );
      const [before, after] = byWords(row.before, row.after);
      return (
        <>
          <Line kind="removed">
            <Words stretches={before} />
          </Line>
          <Line kind="added">
            <Words stretches={after} />
          </Line>
        </>
      );
    }
  }
}

const Words = ({ stretches }: { readonly stretches: readonly Stretch[] }) =>
  stretches.map(({ text, isOwn }, index) =>
    isOwn ? (
      <mark key={`${index}${text}`} className="bg-transparent font-semibold text-ink underline underline-offset-2">
        {text}
      </mark>
    ) : (
      <span key={`${index}${text}`}>{text}</span>
    ),
  );

const SIGNS = { same: ' ', added: '+', removed: '−', changed: '~' } as const;
const GROUNDS = { same: 'text-muted', added: 'bg-good-soft', removed: 'bg-bad-soft', changed: 'bg-warn-soft' } as const;

interface LineProps {
  readonly kind: keyof typeof SIGNS;
  readonly children: ReactNode;
}

const Line = ({ kind, children }: LineProps) => (
  <div className={cx('flex gap-2 px-3', GROUNDS[kind])}>
    <span aria-hidden className="w-3 shrink-0 text-center select-none">
      {SIGNS[kind]}
    </span>
    {kind === 'same' ? null : <span className="sr-only">{kind}: </span>}
    <code className="min-w-0 flex-1 wrap-anywhere whitespace-pre-wrap">{children}</code>
  </div>
);
