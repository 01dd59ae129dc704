'use client';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { onPaletteChange, readPalette, type Palette } from './palette.ts';

export interface HeatMapProps {
  /** What stands along the two sides: a name, and the value of each column or row. */
  readonly across: { readonly name: string; readonly values: readonly string[] };
  readonly down: { readonly name: string; readonly values: readonly string[] };
  /** Row by row; NaN where there is nothing. */
  readonly values: Float64Array;
  /** Index of the cell that is chosen; -1 for none. */
  readonly selected: number;
  readonly onSelect: (cell: number) => void;
  /** A value in words, for the reader of the cell. */
  readonly format: (value: number) => string;
  readonly label: string;
}

/**
 * Two numbers over each other in colours: green and red about zero, or one colour from the least to the most where all
 * have one sign.
 */
export function HeatMap({ across, down, values, selected, onSelect, format, label }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hovered, setHovered] = useState(-1);
  const [columns, rows] = [across.values.length, down.values.length];
  const paint = useEffectEvent(() => {
    if (canvas.current) draw(canvas.current, { columns, rows, values, selected });
  });
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(() => paint());
    observer.observe(element);
    const unfollow = onPaletteChange(() => paint());
    return () => {
      observer.disconnect();
      unfollow();
    };
  }, []);
  useEffect(() => paint(), [values, columns, rows, selected]);

  const cellAt = ({
    nativeEvent: { offsetX, offsetY },
    currentTarget: { clientWidth, clientHeight },
  }: PointerEvent<HTMLCanvasElement>): number =>
    Math.min(rows - 1, Math.floor((offsetY / clientHeight) * rows)) * columns +
    Math.min(columns - 1, Math.floor((offsetX / clientWidth) * columns));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const from = selected < 0 ? 0 : selected;
    const next = from + step;
    const staysInRow = Math.abs(step) > 1 || Math.floor(next / columns) === Math.floor(from / columns);
    if (next >= 0 && next < values.length && staysInRow) onSelect(next);
  };
  const read = hovered >= 0 ? hovered : selected;
  return (
    <figure className="flex flex-col gap-2">
      <div className="grid grid-cols-[auto_1fr] gap-2">
        <Side name={down.name} values={down.values} vertical />
        <canvas
          ref={canvas}
          tabIndex={0}
          role="img"
          aria-label={`${label}. ${read >= 0 ? sentence(read) : 'Arrows move from cell to cell.'}`}
          className="h-[46vh] min-h-60 w-full cursor-crosshair rounded-md ring-1 ring-line"
          onPointerMove={(event) => setHovered(cellAt(event))}
          onPointerLeave={() => setHovered(-1)}
          onPointerDown={(event) => onSelect(cellAt(event))}
          onKeyDown={onKeyDown}
        />
        <span />
        <Side name={across.name} values={across.values} vertical={false} />
      </div>
      <figcaption className="tabular min-h-5 text-xs text-muted" aria-live="polite">
        {read >= 0 ? sentence(read) : 'Point at a cell to read it, click to choose it.'}
      </figcaption>
    </figure>
  );

  function sentence(cell: number): string {
    const row = down.values[Math.floor(cell / columns)];
    const second = down.name === '' ? '' : `, ${down.name} ${row ?? ''}`;
    return `${across.name} ${across.values[cell % columns] ?? ''}${second}: ${format(values[cell] ?? Number.NaN)}`;
  }
}

/** A few of the values along a side, and the name. */
function Side({
  name,
  values,
  vertical,
}: {
  readonly name: string;
  readonly values: readonly string[];
  readonly vertical: boolean;
}) {
  const shown = values.length <= 2 ? values : [values[0], values[Math.floor((values.length - 1) / 2)], values.at(-1)];
  return (
    <div
      className={
        vertical
          ? 'flex flex-col justify-between text-right text-2xs text-faint'
          : 'flex justify-between text-2xs text-faint'
      }
    >
      {shown.map((value, index) => (
        <span key={index} className="tabular">
          {index === 1 && shown.length === 3 ? (
            <>
              <code className="font-medium text-muted">{name}</code> {value}
            </>
          ) : shown.length < 3 && index === 0 ? (
            <>
              <code className="font-medium text-muted">{name}</code> {value}
            </>
          ) : (
            value
          )}
        </span>
      ))}
    </div>
  );
}

interface Drawn {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float64Array;
  readonly selected: number;
}

function draw(canvas: HTMLCanvasElement, { columns, rows, values, selected }: Drawn): void {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  canvas.height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  const context = canvas.getContext('2d');
  if (!context || columns === 0 || rows === 0) return;
  const colorOf = scale(values, readPalette(canvas));
  const edge = (index: number, count: number, size: number): number => Math.round((index / count) * size);
  for (let cell = 0; cell < values.length; cell += 1) {
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    const [left, top] = [edge(column, columns, canvas.width), edge(row, rows, canvas.height)];
    context.fillStyle = colorOf(values[cell] ?? Number.NaN);
    context.fillRect(
      left,
      top,
      edge(column + 1, columns, canvas.width) - left,
      edge(row + 1, rows, canvas.height) - top,
    );
  }
  if (selected < 0) return;
  const [column, row] = [selected % columns, Math.floor(selected / columns)];
  context.strokeStyle = readPalette(canvas).ink;
  context.lineWidth = 2 * ratio;
  context.strokeRect(
    edge(column, columns, canvas.width),
    edge(row, rows, canvas.height),
    canvas.width / columns,
    canvas.height / rows,
  );
}

/** Colours of values: about zero where there are both signs, from the least to the most elsewhere. */
function scale(values: Float64Array, palette: Palette): (value: number) => string {
  const finite = values.filter(Number.isFinite);
  const least = finite.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = finite.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const blank = mix(palette.surface, palette.line, 0.5);
  if (least < 0 && most > 0) {
    const bound = Math.max(-least, most);
    return (value) =>
      Number.isFinite(value)
        ? mix(palette.surface, value < 0 ? palette.down : palette.up, 0.08 + 0.92 * (Math.abs(value) / bound))
        : blank;
  }
  return (value) =>
    Number.isFinite(value)
      ? mix(palette.surface, palette.accent, most === least ? 0.6 : 0.06 + 0.94 * ((value - least) / (most - least)))
      : blank;
}

const partsOf = (rgb: string): number[] => (rgb.match(/\d+/g) ?? []).map(Number);

function mix(from: string, to: string, share: number): string {
  const [a, b] = [partsOf(from), partsOf(to)];
  const mixed = [0, 1, 2].map((index) => {
    const [first, second] = [a[index] ?? 0, b[index] ?? 0];
    return Math.round(first + (second - first) * share);
  });
  return `rgb(${mixed.join(', ')})`;
}
