'use client';
import type { GivenType } from '#core/formula/language/types.ts';
import type { Output } from '#core/formula/model/block.ts';
import type { NodeId } from '#core/formula/model/formula.ts';
import { cx } from '#ui/format/cx.ts';
import { useNodeValue } from './context.ts';
import { formatValue } from './format-value.ts';

interface NodeValueProps {
  readonly node: NodeId;
  readonly type: GivenType | Output['type'];
  readonly index: number;
  readonly className?: string;
}

/** What an output is at the bar under the crosshair. */
export function NodeValue({ node, type, index, className }: NodeValueProps) {
  const value = useNodeValue(node, index);
  if (value === undefined || type === 'size') return null;
  const text = formatValue(value, type);
  const tone =
    text === 'na' || text === 'false'
      ? 'text-faint'
      : text === 'true'
        ? 'font-semibold text-accent-text'
        : 'text-accent-text';
  return (
    <span data-testid="node-value" className={cx('tabular text-2xs whitespace-nowrap', tone, className)}>
      {text}
    </span>
  );
}
