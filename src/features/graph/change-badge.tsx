import { Badge } from '#ui/feedback/badge.tsx';
import type { NodeChangeKind } from './flow-nodes.ts';

const TONES = { added: 'good', removed: 'bad', changed: 'warn' } as const;

/** How the node differs from the formula that it is compared with. */
export const ChangeBadge = ({ change }: { readonly change: NodeChangeKind }) => (
  <span className="ml-auto shrink-0">
    <Badge tone={TONES[change]}>{change}</Badge>
  </span>
);
