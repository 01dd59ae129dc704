'use client';
import { useQuery } from '@tanstack/react-query';
import { GitBranch, GitCompare, RotateCcw, Tag, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useState, type ReactNode } from 'react';
import { fromJsonText } from '#core/formula/json/json.ts';
import { StillGraph } from '#features/graph/index.ts';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { Button } from '#ui/controls/button.tsx';
import { Segmented } from '#ui/controls/segmented.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { BranchDialog } from './branch-dialog.tsx';
import { LabelDialog } from './label-dialog.tsx';
import type { HistoryRow } from './use-history.ts';
import { useVersionActions } from './use-version-actions.ts';

interface VersionViewProps {
  readonly formulaId: string;
  readonly formulaName: string;
  readonly row: HistoryRow;
  /** The version before, to compare with. */
  readonly previousId: string | null;
}

const FACES = [
  { value: 'canvas', label: 'Canvas' },
  { value: 'code', label: 'Code' },
] as const;

/** A version as it is kept, on the canvas and in code, with what can be done with it. Nothing can be edited here. */
export function VersionView({ formulaId, formulaName, row, previousId }: VersionViewProps) {
  const trpc = useTRPC();
  const denied = useDenial('formula.edit');
  const { restore, takeBack } = useVersionActions();
  const [face, setFace] = useState<'canvas' | 'code'>('canvas');
  const [dialog, setDialog] = useState<'branch' | 'label' | null>(null);
  const { id, number, message, name, merge } = row;
  const version = useQuery(trpc.version.get.queryOptions({ id }));
  const compare = (from: string, to: string) => `/formulas/${formulaId}/compare?from=${from}&to=${to}`;
  return (
    <section
      aria-label={`Version ${number}`}
      className="flex min-w-0 flex-1 flex-col max-lg:min-h-150 max-lg:flex-none lg:min-h-0"
    >
      <header className="space-y-2 border-b px-4 py-3">
        <h2 className="wrap-anywhere">
          <span className="tabular font-semibold">Version {number}</span>
          {name === '' ? '' : ` · ${name}`}
          <span className="block max-h-20 overflow-auto text-muted">
            {message === '' ? 'Saved without a message.' : message}
          </span>
        </h2>
        <div className="flex flex-wrap items-center gap-2">
          <Segmented label="How to show it" value={face} onChange={setFace} options={FACES} />
          <Button icon={<RotateCcw />} denied={denied} busy={restore.isPending} onClick={() => restore.mutate({ id })}>
            Restore
          </Button>
          <Button icon={<GitBranch />} denied={denied} onClick={() => setDialog('branch')}>
            Branch…
          </Button>
          <Button icon={<Tag />} denied={denied} onClick={() => setDialog('label')}>
            Name and tags…
          </Button>
          <ButtonLink href={compare(id, 'draft')}>Compare with the draft</ButtonLink>
          {previousId === null ? null : (
            <ButtonLink href={compare(previousId, id)}>Compare with the version before</ButtonLink>
          )}
          {merge && !merge.isUndone ? (
            <Button
              icon={<Undo2 />}
              denied={denied}
              busy={takeBack.isPending}
              onClick={() => takeBack.mutate({ before: merge.beforeId, after: id })}
            >
              Take the merge back
            </Button>
          ) : null}
        </div>
      </header>
      {version.isError ? (
        <Problem title={explainError(version.error).title} className="m-4">
          {explainError(version.error).advice}
        </Problem>
      ) : null}
      {version.data?.id === id ? <VersionFace key={id} version={version.data} face={face} /> : null}
      {version.isPending ? <Skeleton className="m-4 min-h-60 flex-1" /> : null}
      {dialog === 'branch' ? (
        <BranchDialog version={{ id, number }} formulaName={formulaName} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'label' ? <LabelDialog row={row} onClose={() => setDialog(null)} /> : null}
    </section>
  );
}

const ButtonLink = ({ href, children }: { readonly href: string; readonly children: ReactNode }) => (
  <Button asChild>
    <Link href={href}>
      <GitCompare /> {children}
    </Link>
  </Button>
);

interface VersionFaceProps {
  readonly version: Outputs['version']['get'];
  readonly face: 'canvas' | 'code';
}

function VersionFace({ version: { json, code, number }, face }: VersionFaceProps) {
  if (face === 'canvas') return <VersionCanvas json={json} number={number} />;
  return (
    <pre className="min-h-0 flex-1 overflow-auto p-4 font-mono text-xs leading-5" tabIndex={0}>
      <code aria-label={`Version ${number} as code`}>{code}</code>
    </pre>
  );
}

function VersionCanvas({ json, number }: { readonly json: string; readonly number: number }) {
  const formula = useMemo(() => fromJsonText(json).formula, [json]);
  return <StillGraph className="min-h-80" formula={formula} label={`Version ${number} as a graph`} />;
}
