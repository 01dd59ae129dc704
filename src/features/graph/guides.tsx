'use client';
import { ViewportPortal } from '@xyflow/react';
import type { Guide } from './order.ts';

/** Lines along which a dragged node stands with others. */
export function Guides({ guides }: { readonly guides: readonly Guide[] }) {
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      <svg aria-hidden data-testid="guides" className="pointer-events-none absolute size-px overflow-visible">
        {guides.map(({ along, at, from, to }) => (
          <path
            key={along}
            d={along === 'x' ? `M${at},${from}V${to}` : `M${from},${at}H${to}`}
            stroke="var(--accent)"
            strokeWidth={1}
            strokeDasharray="4 3"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
    </ViewportPortal>
  );
}
