'use client';
import { useQuery } from '@tanstack/react-query';
import { bytesInWords } from '#core/engine/sweep/bytes-in-words.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { Problem } from '#ui/feedback/problem.tsx';
import { Progress } from '#ui/feedback/progress.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { cx } from '#ui/format/cx.ts';
import { formatFigure } from '#ui/format/format-figure.ts';
import { Panel } from '#ui/layout/panel.tsx';
import { usageLevel, type UsageLevel } from './usage-level.ts';

const BAR: Readonly<Record<UsageLevel, string>> = { well: '', near: '[&>*]:bg-warn', full: '[&>*]:bg-bad' };
const SAID: Readonly<Record<UsageLevel, string>> = { well: '', near: 'Nearly full. ', full: 'Full. ' };

/**
 * What the organisation has of everything that its plan bounds, and the person of what is bounded for people; how room
 * is made where little is left.
 */
export function UsagePanels({ organisation }: { readonly organisation: string }) {
  const trpc = useTRPC();
  const usage = useQuery(trpc.team.usage.queryOptions());
  const isOwn = ({ quota }: Used): boolean => quota === 'organisations';
  return (
    <>
      <Panel title={`What ${organisation} uses of its plan`}>
        {usage.isError ? (
          <Problem title={explainError(usage.error).title}>{explainError(usage.error).advice}</Problem>
        ) : null}
        {usage.data ? <UsageList rows={usage.data.filter((row) => !isOwn(row))} /> : <SkeletonRows rows={6} />}
      </Panel>
      {usage.data ? (
        <Panel title="What you use yourself">
          <UsageList rows={usage.data.filter(isOwn)} />
        </Panel>
      ) : null}
    </>
  );
}

type Used = Outputs['team']['usage'][number];

const UsageList = ({ rows }: { readonly rows: readonly Used[] }) => (
  <ul className="divide-y divide-line/70 px-4">
    {rows.map(({ quota, what, advice, used, most }) => {
      const level = usageLevel(used, most);
      const isUnbounded = most >= Number.MAX_SAFE_INTEGER;
      const write = quota.endsWith('Bytes') ? bytesInWords : (value: number) => formatFigure(value, { kind: 'count' });
      return (
        <li key={quota} className="py-2">
          <div className="flex justify-between gap-4">
            <span className="first-letter:uppercase">{what}</span>
            <span className="tabular-nums">
              {write(used)} <span className="text-muted">{isUnbounded ? '· no limit' : `of ${write(most)}`}</span>
            </span>
          </div>
          <Progress value={most === 0 ? 1 : used / most} label={what} className={cx('mt-1.5', BAR[level])} />
          {level === 'well' ? null : (
            <p className="mt-1.5 text-sm">
              <strong className={level === 'full' ? 'text-bad' : 'text-warn'}>{SAID[level]}</strong>
              {advice}
            </p>
          )}
        </li>
      );
    })}
  </ul>
);
