import { ArrowDownRight, ArrowUpRight, CornerDownLeft, Info } from 'lucide-react';
import { Badge } from '#ui/feedback/badge.tsx';

/** What a signal says: by word and shape, never by colour alone. */
export function KindBadge({ kind }: { readonly kind: 'buy' | 'sell' | 'short' | 'cover' | 'info' }) {
  switch (kind) {
    case 'buy':
      return (
        <Badge icon={<ArrowUpRight />} className="bg-up-soft! text-up!">
          Buy
        </Badge>
      );
    case 'short':
      return (
        <Badge icon={<ArrowDownRight />} className="bg-down-soft! text-down!">
          Short
        </Badge>
      );
    case 'sell':
      return <Badge icon={<CornerDownLeft />}>Sell</Badge>;
    case 'cover':
      return <Badge icon={<CornerDownLeft />}>Cover</Badge>;
    case 'info':
      return (
        <Badge tone="accent" icon={<Info />}>
          Info
        </Badge>
      );
  }
}
