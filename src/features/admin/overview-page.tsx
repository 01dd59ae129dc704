'use client';
import { useQuery } from '@tanstack/react-query';
import { bytesInWords } from '#core/engine/sweep/bytes-in-words.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { formatFigure } from '#ui/format/format-figure.ts';
import { Panel } from '#ui/layout/panel.tsx';
import { AdminFrame } from './admin-frame.tsx';

const REFRESH_MS = 10_000;

const NAMES: Readonly<Record<string, string>> = {
  users: 'Accounts',
  suspended: 'Suspended accounts',
  organisations: 'Organisations',
  sessions: 'Open sessions',
  running_bots: 'Running bots',
  unfinished_runs: 'Queued and running runs',
  waiting_jobs: 'Jobs that wait',
  longest_wait_ms: 'Longest wait of a job',
  lost_jobs: 'Jobs that failed for good',
  workers: 'Workers that were heard of in the last minute',
  realtime_servers: 'Servers of documents',
  database_bytes: 'Database',
};

const written = (name: string, value: number): string => {
  if (name === 'database_bytes') return bytesInWords(value);
  return name === 'longest_wait_ms' ? `${(value / 1000).toFixed(1)} s` : formatFigure(value, { kind: 'count' });
};

/** What of it is trouble, and what to do. */
function troubleOf(counts: ReadonlyMap<string, number>): readonly string[] {
  const of = (name: string): number => counts.get(name) ?? 0;
  return [
    ...(of('workers') === 0 ? ['No worker was heard of in the last minute: no run, bot or letter goes on.'] : []),
    ...(of('lost_jobs') > 0 ? ['There are jobs that failed for good: look at them under Jobs.'] : []),
    ...(of('longest_wait_ms') > 60_000 ? ['A job waits for longer than a minute: start more workers.'] : []),
  ];
}

/** How the installation is, every ten seconds. */
export function AdminOverviewPage() {
  const trpc = useTRPC();
  const metrics = useQuery(trpc.admin.metrics.queryOptions(undefined, { refetchInterval: REFRESH_MS, retry: false }));
  const trouble = metrics.data ? troubleOf(new Map(metrics.data.map(({ name, value }) => [name, value]))) : [];
  return (
    <AdminFrame title="Installation">
      {metrics.isError ? (
        <Problem title={explainError(metrics.error).title}>{explainError(metrics.error).advice}</Problem>
      ) : null}
      {trouble.map((words) => (
        <Problem key={words} title={words} />
      ))}
      <Panel title="Now">
        {metrics.isPending ? <SkeletonRows rows={8} /> : null}
        <dl className="divide-y divide-line/70 px-4">
          {metrics.data?.map(({ name, value }) => (
            <div key={name} className="flex justify-between gap-4 py-2">
              <dt className="text-muted">{NAMES[name] ?? name}</dt>
              <dd className="tabular">{written(name, value)}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </AdminFrame>
  );
}
