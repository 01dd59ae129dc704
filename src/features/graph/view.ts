import type { View } from '#collab/presence.ts';

/** React Flow's place of the canvas: pixels from the corner of the screen's part, and the zoom. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/**
 * What is in sight, whatever the size of the screen. Rounded, so that who follows and shares it in turn shares the
 * same.
 */
export const viewOf = ({ x, y, zoom }: Viewport, { width, height }: Size): View => ({
  x: rounded((width / 2 - x) / zoom, 1),
  y: rounded((height / 2 - y) / zoom, 1),
  zoom: rounded(zoom, 4),
});

/** The same middle and zoom on a screen of another size. */
export const viewportOf = ({ x, y, zoom }: View, { width, height }: Size): Viewport => ({
  x: width / 2 - x * zoom,
  y: height / 2 - y * zoom,
  zoom,
});

/** A step on the way from one view to another; the other itself once it is near. `share`: of the way, up to 1. */
export function stepTo(from: View, to: View, share: number): View {
  const step = (a: number, b: number): number => a + (b - a) * share;
  const isNear = Math.hypot(from.x - to.x, from.y - to.y) * to.zoom < 0.5 && Math.abs(from.zoom / to.zoom - 1) < 0.002;
  // Zooms are steps of one another: half of the way from 1 to 4 is 2.
  return isNear || share >= 1
    ? to
    : { x: step(from.x, to.x), y: step(from.y, to.y), zoom: Math.exp(step(Math.log(from.zoom), Math.log(to.zoom))) };
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Below this, titles are smaller than 11 pixels. */
export const READABLE = 0.8;
const MARGIN = 24;

/**
 * How a graph is shown as it opens: whole, if its titles can be read then; else where it ends, at its actions, as small
 * as can be read. `ends`: what is to be in sight then, the first that fits: all actions, or one of them. `below`:
 * pixels at the bottom that are covered.
 */
export function openingView(
  { x, y, width, height }: Box,
  screen: Size,
  { ends, below = 0 }: { readonly ends: readonly Box[]; readonly below?: number },
): Viewport {
  const room = { width: screen.width - 2 * MARGIN, height: screen.height - 2 * MARGIN - below };
  const whole = Math.min(1, room.width / width, room.height / height);
  const zoom = Math.max(READABLE, whole);
  const spare = { width: room.width - width * zoom, height: room.height - height * zoom };
  const end = ends.find((box) => box.width * zoom <= room.width && box.height * zoom <= room.height) ??
    ends.at(-1) ?? { x, y, width, height };
  const left =
    spare.width >= 0
      ? spare.width / 2
      : Math.max(spare.width, Math.min(0, room.width - (end.x + end.width - x) * zoom));
  const top =
    spare.height >= 0
      ? spare.height / 2
      : Math.max(spare.height, Math.min(0, room.height / 2 - (end.y + end.height / 2 - y) * zoom));
  return { x: MARGIN + left - x * zoom, y: MARGIN + top - y * zoom, zoom };
}

interface Fit {
  readonly most: number;
  readonly least: number;
  /** Pixels that stay free on each side, and at the bottom besides. */
  readonly margin: number;
  readonly below?: number;
}

/** A box as large as it fits on the screen, in the middle of what is free. */
export function fittedView(
  { x, y, width, height }: Box,
  screen: Size,
  { most, least, margin, below = 0 }: Fit,
): Viewport {
  const room = { width: screen.width - 2 * margin, height: screen.height - 2 * margin - below };
  const zoom = Math.max(least, Math.min(most, room.width / width, room.height / height));
  return {
    x: margin + (room.width - width * zoom) / 2 - x * zoom,
    y: margin + (room.height - height * zoom) / 2 - y * zoom,
    zoom,
  };
}
