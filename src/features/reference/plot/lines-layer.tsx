import { columnPaths, linePath, stepsPath, type Axis, type Scale } from './geometry.ts';
import type { PlacedLine } from './layout.ts';
import { threadOf } from './threads.ts';

interface LinesLayerProps {
  readonly lines: readonly PlacedLine[];
  readonly axis: Axis;
  readonly y: Scale;
  readonly strokeWidth: number;
}

/** Series in their colours; columns lie behind lines. */
export function LinesLayer({ lines, axis, y, strokeWidth }: LinesLayerProps) {
  const columns = lines.filter(({ line }) => line.style === 'columns');
  return (
    <>
      {columns.map(({ line }) => {
        const { above, below } = columnPaths(line.values, axis, y);
        return (
          <g key={line.name} opacity={0.55}>
            <path d={above} className="fill-up" />
            <path d={below} className="fill-down" />
          </g>
        );
      })}
      {lines
        .filter(({ line }) => line.style !== 'columns')
        .map(({ line, index }) => (
          <path
            key={line.name}
            d={line.style === 'steps' ? stepsPath(line.values, axis, y) : linePath(line.values, axis, y)}
            fill="none"
            stroke={threadOf(index)}
            strokeWidth={strokeWidth}
            strokeLinejoin="round"
          />
        ))}
    </>
  );
}
