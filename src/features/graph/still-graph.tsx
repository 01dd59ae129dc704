'use client';
import { useMemo, useState } from 'react';
import { check } from '#core/formula/check/check.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { cx } from '#ui/format/cx.ts';
import { FormulaGraph, type FormulaGraphProps } from './formula-graph.tsx';
import { GraphProvider } from './graph-provider.tsx';

interface StillGraphProps extends Pick<FormulaGraphProps, 'label' | 'Mark'> {
  readonly formula: Formula;
  readonly className?: string;
}

/** A formula that nobody edits, on a canvas of its own. */
export function StillGraph({ formula, className, ...rest }: StillGraphProps) {
  const checked = useMemo(() => check(formula), [formula]);
  const [selection, setSelection] = useState<ReadonlySet<NodeId>>(new Set());
  return (
    <div className={cx('flex-1 bg-canvas', className)}>
      <GraphProvider>
        <FormulaGraph
          {...rest}
          formula={formula}
          checked={checked}
          selection={selection}
          onSelect={(change) => setSelection((before) => new Set(change(before)))}
          fitFirst
        />
      </GraphProvider>
    </div>
  );
}
