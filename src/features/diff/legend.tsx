import type { NodeMark } from '#core/diff/overlay.ts';
import { CHANGE_SIGNS } from '#features/graph/index.ts';
import { cx } from '#ui/format/cx.ts';

const LINES = {
  added: 'outline-2 outline-good',
  removed: 'outline-2 outline-dashed outline-bad',
  changed: 'outline-3 outline-dotted outline-warn',
  moved: 'outline-3 outline-double outline-accent',
} as const satisfies Record<NodeMark, string>;

export const INK = {
  added: 'text-good',
  removed: 'text-bad',
  changed: 'text-warn',
  moved: 'text-accent-text',
} as const satisfies Record<NodeMark, string>;

interface LegendProps {
  readonly kinds: readonly NodeMark[];
}

/** What the lines around nodes mean: never told by colour alone. */
export const Legend = ({ kinds }: LegendProps) => (
  <ul aria-label="Legend" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
    {kinds.map((kind) => (
      <li key={kind} className="flex items-center gap-2">
        <span aria-hidden className={cx('h-2.5 w-4 rounded-sm -outline-offset-1', LINES[kind])} />
        <span aria-hidden className={cx('font-semibold', INK[kind])}>
          {CHANGE_SIGNS[kind]}
        </span>
        {kind}
      </li>
    ))}
  </ul>
);
