import { Ban, Check, Clock, TriangleAlert } from 'lucide-react';
import { Badge } from '#ui/feedback/badge.tsx';

export type Status = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

export function StatusBadge({ status, progress }: { readonly status: Status; readonly progress: number }) {
  switch (status) {
    case 'queued':
      return <Badge icon={<Clock />}>Queued</Badge>;
    case 'running':
      return (
        <Badge tone="accent" pulse>
          Running {Math.round(progress * 100)} %
        </Badge>
      );
    case 'succeeded':
      return (
        <Badge tone="good" icon={<Check />}>
          Done
        </Badge>
      );
    case 'failed':
      return (
        <Badge tone="bad" icon={<TriangleAlert />}>
          Failed
        </Badge>
      );
    case 'cancelled':
      return <Badge icon={<Ban />}>Cancelled</Badge>;
  }
}
