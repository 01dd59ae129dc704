'use client';
import type { FormulaNode, Point } from '#core/formula/model/formula.ts';
import { NODE_WIDTH, ROW_HEIGHT, shapeOf } from '#features/graph/index.ts';

interface ColleagueFieldProps {
  readonly name: string;
  readonly color: string;
  readonly node: FormulaNode;
  readonly port: string;
  /** Where the node is. */
  readonly place: Point;
  readonly zoom: number;
}

/**
 * The field that a colleague has open. One that the node does not show is open in their details: then the node's name
 * stands for it.
 */
export function ColleagueField({ name, color, node, port, place, zoom }: ColleagueFieldProps) {
  const { header, topOf } = shapeOf(node);
  const row = topOf(port);
  return (
    <div
      data-testid={`field-of-${name}`}
      className="pointer-events-none absolute z-40 rounded-sm border-2"
      style={{
        transform: `translate(${place.x + 6}px, ${place.y + (row ?? 0)}px)`,
        width: NODE_WIDTH - 12,
        height: row === null ? header : ROW_HEIGHT,
        borderColor: color,
      }}
    >
      <span
        className="absolute top-0 left-full origin-top-left rounded-r-sm px-1 text-[10px] leading-4 font-medium whitespace-nowrap text-surface"
        style={{ backgroundColor: color, transform: `scale(${1 / zoom})` }}
      >
        {name}
      </span>
    </div>
  );
}
