import { Badge } from '#ui/feedback/badge.tsx';
import type { NodeChangeKind } from './flow-nodes.ts';

const CHANGE_TONES = { added: 'good', removed: 'bad', changed: 'warn', moved: 'accent' } as const;

/** A change is never told by its colour alone. */
export const CHANGE_SIGNS = { added: '+', removed: '−', changed: '~', moved: '↔' } as const;

/** How the node differs from the formula that it is compared with. */
export const ChangeBadge = ({ change }: { readonly change: NodeChangeKind }) => (
  <span className="ml-auto shrink-0">
    <Badge tone={CHANGE_TONES[change]}>
      <span aria-hidden>{CHANGE_SIGNS[change]}</span>
      {change}
    </Badge>
  </span>
);
