'use client';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { memo, useLayoutEffect, useMemo, useRef, type PointerEvent } from 'react';
import { around, boxesOf, type Placed } from './boxes.ts';
import { sightOf } from './near.ts';
import { pathsByColor, rectPath } from './node-picture.tsx';
import type { Box } from './view.ts';

const SIZE = { width: 140, height: 92 };
const EMPTY: Box = { x: 0, y: 0, width: 1, height: 1 };

/**
 * The whole formula in a corner, one path a colour. A click or a drag moves the view there; a move of the view draws
 * nothing anew but its frame.
 */
export const GraphMap = memo(function GraphMap({ placed }: { readonly placed: Placed }) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const frame = useRef<SVGPathElement>(null);
  const bounds = useMemo(() => around(boxesOf(placed)) ?? EMPTY, [placed]);
  const paths = useMemo(() => pathsByColor(placed), [placed]);
  const view = useMemo(() => mapView(bounds), [bounds]);
  useLayoutEffect(() => {
    const show = (): void => {
      const { transform, width, height } = store.getState();
      const sight = sightOf({ x: transform[0], y: transform[1], zoom: transform[2] }, { width, height });
      frame.current?.setAttribute('d', `${rectPath(view)}${rectPath(sight)}`);
    };
    show();
    return store.subscribe(show);
  }, [store, view]);
  const goTo = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = view.x + shareOf(event.clientX - box.x, box.width) * view.width;
    const y = view.y + shareOf(event.clientY - box.y, box.height) * view.height;
    void flow.setCenter(x, y, { zoom: flow.getZoom() });
  };
  return (
    <div className="absolute right-4 bottom-4 z-5 overflow-hidden rounded-md border bg-surface max-md:hidden">
      <svg
        role="img"
        aria-label="Map of the strategy"
        data-testid="graph-map"
        {...SIZE}
        viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
        className="block cursor-pointer touch-none"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          goTo(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1) goTo(event);
        }}
      >
        {paths.map(([color, path]) => (
          <path key={color} d={path} fill={color} />
        ))}
        <path ref={frame} fillRule="evenodd" fill="var(--canvas)" fillOpacity={0.65} />
      </svg>
    </div>
  );
});

/** A pointer that is dragged beyond the map stays at its edge: there is nothing to see farther out. */
const shareOf = (at: number, length: number): number => Math.min(1, Math.max(0, at / length));

/** The bounds with some room, in the proportions of the map. */
function mapView({ x, y, width, height }: Box): Box {
  const scale = Math.max(width / SIZE.width, height / SIZE.height) * 1.1;
  const [wide, high] = [SIZE.width * scale, SIZE.height * scale];
  return { x: x + width / 2 - wide / 2, y: y + height / 2 - high / 2, width: wide, height: high };
}
