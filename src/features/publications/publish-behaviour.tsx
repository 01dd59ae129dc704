'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fromJsonText } from '#core/formula/json/json.ts';
import type { FormulaId, VersionId } from '#core/requests/ids.ts';
import { BehaviourDiff } from '#features/behaviour/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';

interface Numbered {
  readonly versionId: VersionId;
  readonly number: number;
}

interface PublishBehaviourProps {
  readonly formulaId: FormulaId;
  readonly before: Numbered;
  readonly after: Numbered;
  /** Of the bots that may go over: their markets are what the choice is about. */
  readonly marketIds: readonly string[];
}

/** What the published version and the one that takes its place do on the same bars, beside the choice for each bot. */
export function PublishBehaviour({ formulaId, before, after, marketIds }: PublishBehaviourProps) {
  const [first, second] = [useVersion(before.versionId), useVersion(after.versionId)];
  const error = first.error ?? second.error;
  if (error) return <Problem title={explainError(error).title}>{explainError(error).advice}</Problem>;
  if (!first.formula || !second.formula) return <SkeletonRows rows={3} />;
  return (
    <BehaviourDiff
      before={{ title: `v${before.number}`, formula: first.formula, formulaId, versionId: before.versionId }}
      after={{ title: `v${after.number}`, formula: second.formula, formulaId, versionId: after.versionId }}
      marketIds={marketIds}
      className="-mx-4 md:-mx-6"
    />
  );
}

function useVersion(id: VersionId) {
  const version = useQuery(useTRPC().version.get.queryOptions({ id }, { staleTime: Infinity }));
  const json = version.data?.json;
  return {
    formula: useMemo(() => (json === undefined ? null : fromJsonText(json).formula), [json]),
    error: version.error,
  };
}
