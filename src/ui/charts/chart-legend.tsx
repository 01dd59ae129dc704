'use client';
import { useSyncExternalStore } from 'react';
import { cx } from '../format/cx.ts';
import type { Readout } from './readout.ts';

/** Arrows point where a fill went; colours alone say nothing that a table does not say, too. */
export const ArrowLegend = () => (
  <p aria-label="Legend of the arrows" className="ml-auto flex min-w-0 gap-2 truncate whitespace-nowrap text-faint">
    <span>▲ buys</span>
    <span>▼ sells</span>
    <span>
      <span className="text-thread-1">■</span> entry
    </span>
    <span>
      <span className="text-up">■</span> gain
    </span>
    <span>
      <span className="text-down">■</span> loss
    </span>
    <span>● several</span>
  </p>
);

export function Legend({ readout }: { readonly readout: Readout }) {
  const panes = useSyncExternalStore(readout.subscribe, readout.panes, readout.panes);
  return (
    <div aria-label="Legend" role="group" className="pointer-events-none absolute inset-0 z-2 overflow-hidden">
      {panes.map(({ top, isLow, items }, index) =>
        items.length === 0 ? null : (
          <ul
            key={index}
            style={{ top: top + 3 }}
            className={cx(
              'tabular absolute flex max-w-[85%] flex-wrap gap-x-2.5 text-2xs text-muted',
              isLow && index === panes.length - 1 ? 'left-12' : 'left-2',
            )}
          >
            {items.map(({ title, color, text }, at) => (
              <li key={at} className="rounded-sm bg-surface/75 px-0.5 whitespace-nowrap">
                {title === '' ? null : (
                  <span className="font-medium" style={{ color }}>
                    {title}{' '}
                  </span>
                )}
                {text}
              </li>
            ))}
          </ul>
        ),
      )}
    </div>
  );
}
