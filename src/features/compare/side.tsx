'use client';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, type ReactNode } from 'react';
import { fromJsonText } from '#core/formula/json/json.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { LiveFormula } from '#features/builder/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import type { AskedSide } from './asked.ts';

/** One of the two, loaded. */
export interface LoadedSide {
  readonly title: string;
  readonly formula: Formula;
}

interface SideProps {
  readonly side: AskedSide;
  /** Whether titles name the strategy, since the two sides are of different ones. */
  readonly isNamed: boolean;
  readonly children: (loaded: LoadedSide) => ReactNode;
}

const WAITING = <Skeleton className="m-4 h-[60vh]" />;

/** Loads a version, or follows the draft, and draws its children with it. */
export function Side({ side, isNamed, children }: SideProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.formula.get.queryOptions({ id: side.formulaId }));
  const prefix = isNamed && data ? `${data.name} ` : '';
  return side.kind === 'draft' ? (
    <LiveFormula formulaId={side.formulaId} fallback={WAITING}>
      {(formula) => (
        <Draft title={`${prefix}draft`} formula={formula}>
          {children}
        </Draft>
      )}
    </LiveFormula>
  ) : (
    <Version {...side} prefix={prefix}>
      {children}
    </Version>
  );
}

interface DraftProps extends LoadedSide {
  readonly children: SideProps['children'];
}

/** Somebody who types does not wait for the comparison. */
function Draft({ title, formula, children }: DraftProps) {
  const followed = useDeferredValue(formula);
  return useMemo(() => children({ title, formula: followed }), [title, followed, children]);
}

interface VersionProps {
  readonly formulaId: string;
  readonly versionId: string;
  readonly prefix: string;
  readonly children: SideProps['children'];
}

function Version({ formulaId, versionId, prefix, children }: VersionProps) {
  const trpc = useTRPC();
  const { data, error } = useQuery(
    trpc.version.get.queryOptions({ id: versionId }, { staleTime: Infinity, retry: false }),
  );
  const formula = useMemo(() => (data ? fromJsonText(data.json).formula : null), [data]);
  if (error)
    return (
      <Problem className="m-4" title={explainError(error).title}>
        {explainError(error).advice}
      </Problem>
    );
  if (!data) return WAITING;
  if (data.formulaId !== formulaId)
    return (
      <Problem className="m-4" title="There is no such version">
        The address names a version that this strategy does not have. Choose one above.
      </Problem>
    );
  if (!formula)
    return (
      <Problem className="m-4" title={`Version ${data.number} can’t be read`}>
        It was made by another release of Alphaloom.
      </Problem>
    );
  return children({ title: `${prefix}v${data.number}`, formula });
}
