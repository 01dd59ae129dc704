import { Ban, Check, Clock, TriangleAlert } from 'lucide-react';
import { Badge } from '#ui/feedback/badge.tsx';

/** What people read of each. */
export const STATUS_WORDS = {
  queued: 'Queued',
  running: 'Running',
  succeeded: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const satisfies Record<Status, string>;

export type Status = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

export function StatusBadge({ status, progress }: { readonly status: Status; readonly progress: number }) {
  switch (status) {
    case 'queued':
      return <Badge icon={<Clock />}>{STATUS_WORDS.queued}</Badge>;
    case 'running':
      return (
        <Badge tone="accent" pulse>
          {STATUS_WORDS.running} {Math.round(progress * 100)}%
        </Badge>
      );
    case 'succeeded':
      return (
        <Badge tone="good" icon={<Check />}>
          {STATUS_WORDS.succeeded}
        </Badge>
      );
    case 'failed':
      return (
        <Badge tone="bad" icon={<TriangleAlert />}>
          {STATUS_WORDS.failed}
        </Badge>
      );
    case 'cancelled':
      return <Badge icon={<Ban />}>{STATUS_WORDS.cancelled}</Badge>;
  }
}
