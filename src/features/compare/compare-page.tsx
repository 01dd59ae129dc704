'use client';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, ArrowLeftRight, GitCompareArrows } from 'lucide-react';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useMemo, useState } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { BehaviourDiff } from '#features/behaviour/index.ts';
import { DiffView, useLinkedChange } from '#features/diff/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { useTitle } from '#ui/hooks/use-title.ts';
import { Tabs } from '#ui/layout/tabs.tsx';
import { addressOf, readAsked, sideFrom, valueOf, DRAFT, type Asked, type AskedSide } from './asked.ts';
import { ReportActions } from './report-actions.tsx';
import { SidePicker } from './side-picker.tsx';
import { Side, type LoadedSide } from './side.tsx';

/** Any two versions, or drafts, of one strategy or of two: what changed. */
export function ComparePage({ formulaId }: { readonly formulaId: string }) {
  const trpc = useTRPC();
  const query = useSearchParams();
  const asked = useMemo(() => readAsked(formulaId, query), [formulaId, query]);
  const formula = useQuery(trpc.formula.get.queryOptions({ id: formulaId }));
  const newest = useQuery(trpc.version.list.queryOptions({ formulaId, limit: 1 }, { enabled: asked === null }));
  useTitle(formula.data ? `Compare: ${formula.data.name}` : undefined);
  const failed = formula.error ?? newest.error;
  if (failed)
    return (
      <Problem className="m-4" title={explainError(failed).title}>
        {explainError(failed).advice}
      </Problem>
    );
  const [first] = newest.data ?? [];
  const shown = asked ?? (first ? { from: sideFrom(formulaId, first.id), to: sideFrom(formulaId, DRAFT) } : null);
  if (!formula.data || (!shown && !newest.data)) return <Skeleton className="m-4 h-[80vh]" />;
  if (!shown)
    return (
      <EmptyState
        icon={<GitCompareArrows />}
        title="No version to compare with"
        heading="h1"
        action={<Link href={`/formulas/${formulaId}`}>Back to the strategy</Link>}
      >
        Save a version first: then this page says what has changed since.
      </EmptyState>
    );
  return <Compared asked={shown} name={formula.data.name} />;
}

interface ComparedProps {
  readonly asked: Asked;
  readonly name: string;
}

function Compared({ asked, name }: ComparedProps) {
  const { from, to } = asked;
  const router = useRouter();
  const go = useCallback((next: Asked) => router.replace(addressOf(next), { scroll: false }), [router]);
  const swap = useCallback(() => go({ from: to, to: from }), [go, from, to]);
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'compare.swap',
          title: 'Swap the two sides of the comparison',
          group: 'View',
          icon: <ArrowLeftRight />,
          run: swap,
        },
      ],
      [swap],
    ),
  );
  const isNamed = from.formulaId !== to.formulaId;
  return (
    <div className="flex h-full min-h-160 flex-col max-lg:min-h-240">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b bg-surface px-4 py-2">
        <Button size="sm" look="quiet" asChild>
          <Link href={`/formulas/${from.formulaId}`} aria-label="Back to the strategy">
            <ArrowLeft />
          </Link>
        </Button>
        <h1 className="min-w-0 truncate font-semibold">Compare {name}</h1>
        <SidePicker label="From" side={from} onChange={(next) => go({ from: next, to })} />
        <IconButton size="sm" label="Swap the sides" onClick={swap}>
          <ArrowLeftRight />
        </IconButton>
        <SidePicker label="To" side={to} onChange={(next) => go({ from, to: next })} hasStrategies />
      </header>
      <Side side={from} isNamed={isNamed}>
        {(before) =>
          // A draft is opened once in a tab.
          key(from) === key(to) ? (
            <Faces name={name} before={{ ...before, ...idsOf(from) }} after={{ ...before, ...idsOf(to) }} />
          ) : (
            <Side side={to} isNamed={isNamed}>
              {(after) => (
                <Faces name={name} before={{ ...before, ...idsOf(from) }} after={{ ...after, ...idsOf(to) }} />
              )}
            </Side>
          )
        }
      </Side>
    </div>
  );
}

const key = (side: AskedSide): string => `${side.formulaId} ${valueOf(side)}`;

const idsOf = (side: AskedSide) => ({
  formulaId: side.formulaId,
  versionId: side.kind === 'version' ? side.versionId : null,
});

type View = 'changes' | 'behaviour';
type ComparedSide = LoadedSide & ReturnType<typeof idsOf>;

interface FacesProps {
  readonly name: string;
  readonly before: ComparedSide;
  readonly after: ComparedSide;
}

function Faces({ name, before, after }: FacesProps) {
  const query = useSearchParams();
  const [view, setView] = useState<View>(() => (query.get('view') === 'behaviour' ? 'behaviour' : 'changes'));
  const linked = useLinkedChange();
  return (
    <Tabs
      label="What to compare"
      value={view}
      onChange={setView}
      className="min-h-0 flex-1"
      tabs={[
        {
          value: 'changes',
          label: 'Changes',
          content: (
            <DiffView
              className="h-full"
              before={before}
              after={after}
              actions={<ReportActions name={name} before={before} after={after} />}
              {...linked}
            />
          ),
        },
        { value: 'behaviour', label: 'Behaviour', content: <BehaviourDiff before={before} after={after} /> },
      ]}
    />
  );
}
