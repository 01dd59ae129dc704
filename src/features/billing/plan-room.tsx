'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import { Notice } from '#ui/feedback/notice.tsx';
import { formatFigure } from '#ui/format/format-figure.ts';

type Quota = Outputs['team']['usage'][number]['quota'];

/** From this many left on, people are told before they begin. */
const FEW = 3;

/** What is left of the plan for what somebody is about to do, where little is; nothing where there is room. */
export function PlanRoom({ quotas }: { readonly quotas: readonly Quota[] }) {
  const trpc = useTRPC();
  const usage = useQuery({ ...trpc.team.usage.queryOptions(), staleTime: 0 });
  const tight = (usage.data ?? [])
    .filter(({ quota, used, most }) => quotas.includes(quota) && most - used <= FEW)
    .toSorted((one, other) => one.most - one.used - (other.most - other.used));
  const [first] = tight;
  if (!first) return null;
  const { used, most, what, advice } = first;
  const write = (value: number) => formatFigure(value, { kind: 'count' });
  return (
    <Notice
      title={
        used >= most
          ? `Your plan allows no more: ${write(used)} of ${write(most)} ${what}`
          : `${write(most - used)} left: ${write(used)} of ${write(most)} ${what}`
      }
    >
      {advice}{' '}
      <Link className="underline" href="/settings/billing">
        See what a larger plan allows
      </Link>
    </Notice>
  );
}
