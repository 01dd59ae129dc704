/** What a frame or a note covers on the canvas, in its coordinates. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A name in the document for a frame or a note. */
export type AnnotationId = string;

interface Annotation extends Area {
  readonly color: AnnotationColor;
  /** The id of the function in whose graph it is drawn; left out of what is drawn in the strategy's. */
  readonly in?: string;
}

/** Nodes that belong together, framed: those whose middle the frame covers. Says nothing of the strategy. */
export interface Frame extends Annotation {
  readonly title: string;
  /**
   * The ids of the nodes that are folded away behind its title; left out while the frame is open. What is put there
   * later is not folded away.
   */
  readonly folded?: readonly string[];
}

/** A text on the canvas. Says nothing of the strategy. */
export interface StickyNote extends Annotation {
  readonly text: string;
}

/** Colours by name, so that each theme has its own. */
export const ANNOTATION_COLORS = ['grey', 'blue', 'green', 'yellow', 'red', 'violet'] as const;
export type AnnotationColor = (typeof ANNOTATION_COLORS)[number];

/** A formula with more frames, or more notes, than this is no canvas that anybody can read. */
export const MOST_ANNOTATIONS = 500;
export const LONGEST_TITLE = 100;
export const LONGEST_NOTE = 2_000;

export const isAnnotationColor = (value: unknown): value is AnnotationColor =>
  ANNOTATION_COLORS.some((color) => color === value);

/**
 * As four numbers: `[x, y, width, height]`, which is how documents hold an area. Null of anything else, or of what
 * covers nothing.
 */
export function toArea(value: unknown): Area | null {
  if (!Array.isArray(value) || value.length !== 4) return null;
  const [x, y, width, height]: unknown[] = value;
  const isArea = [x, y, width, height].every((each) => typeof each === 'number' && Number.isFinite(each));
  return isArea && Number(width) > 0 && Number(height) > 0
    ? { x: Number(x), y: Number(y), width: Number(width), height: Number(height) }
    : null;
}

export const sameFrame = (a: Frame, b: Frame): boolean =>
  sameAnnotation(a, b) && a.title === b.title && sameFold(a.folded, b.folded);

const sameFold = (a: Frame['folded'], b: Frame['folded']): boolean =>
  a === b || (a?.length === b?.length && a?.every((id, index) => id === b?.[index]) === true);

export const sameNote = (a: StickyNote, b: StickyNote): boolean => sameAnnotation(a, b) && a.text === b.text;

const sameAnnotation = (a: Annotation, b: Annotation): boolean =>
  sameArea(a, b) && a.color === b.color && a.in === b.in;

const sameArea = (a: Area, b: Area): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
