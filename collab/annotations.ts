import type * as Y from 'yjs';
import type { AnnotationEdit } from '#core/formula/change/annotation-edits.ts';
import { withoutHidden } from '#core/formula/language/hidden-characters.ts';
import {
  isAnnotationColor,
  LONGEST_NOTE,
  LONGEST_TITLE,
  MOST_ANNOTATIONS,
  toArea,
  type Area,
  type Frame,
  type StickyNote,
} from '#core/formula/model/annotations.ts';
import { MOST_NODES, type Formula } from '#core/formula/model/formula.ts';
import { NODE_ID } from '#core/formula/model/node-id.ts';
import type { Roots } from './document-roots.ts';

const AREA = 'area';
const FRAME_FIELDS = [AREA, 'title', 'color', 'folded', 'in'] as const;
const NOTE_FIELDS = [AREA, 'text', 'color', 'in'] as const;

const keyOf = (id: string, field: string): string => `${id}/${field}`;

/**
 * The frames and notes of the document, well-formed value by value. One is there while its area is, whatever else is
 * said of it.
 */
export function readAnnotations({ frames, notes }: Pick<Roots, 'frames' | 'notes'>): Pick<Formula, 'frames' | 'notes'> {
  const textOf = (value: unknown, most: number): string =>
    typeof value === 'string' ? withoutHidden(value.slice(0, most)) : '';
  const read = {
    frames: idsIn(frames).map(([id, area]): [string, Frame] => [
      id,
      {
        ...area,
        title: textOf(frames.get(keyOf(id, 'title')), LONGEST_TITLE).replaceAll('\n', ' '),
        color: colorOf(frames.get(keyOf(id, 'color'))),
        ...foldOf(frames.get(keyOf(id, 'folded'))),
        ...homeOf(frames.get(keyOf(id, 'in'))),
      },
    ]),
    notes: idsIn(notes).map(([id, area]): [string, StickyNote] => [
      id,
      {
        ...area,
        text: textOf(notes.get(keyOf(id, 'text')), LONGEST_NOTE),
        color: colorOf(notes.get(keyOf(id, 'color'))),
        ...homeOf(notes.get(keyOf(id, 'in'))),
      },
    ]),
  };
  return {
    ...(read.frames.length > 0 ? { frames: Object.fromEntries(read.frames) } : {}),
    ...(read.notes.length > 0 ? { notes: Object.fromEntries(read.notes) } : {}),
  };
}

const foldOf = (value: unknown): Pick<Frame, 'folded'> =>
  Array.isArray(value) ? { folded: value.filter((id) => typeof id === 'string').slice(0, MOST_NODES) } : {};

const homeOf = (value: unknown): Pick<Frame, 'in'> =>
  typeof value === 'string' && NODE_ID.test(value) ? { in: value } : {};

const colorOf = (value: unknown): Frame['color'] => (isAnnotationColor(value) ? value : 'grey');

/** In one order for everybody: which of too many are shown does not depend on who looks. */
function idsIn(map: Y.Map<unknown>): [string, Area][] {
  const end = keyOf('', AREA);
  return [...map.keys()]
    .filter((key) => key.endsWith(end) && NODE_ID.test(key.slice(0, -end.length)))
    .sort()
    .slice(0, MOST_ANNOTATIONS)
    .flatMap((key): [string, Area][] => {
      const area = toArea(map.get(key));
      return area ? [[key.slice(0, -end.length), area]] : [];
    });
}

/** Writes what is different alone: of two people who change one frame, one moves it and the other names it. */
export function writeAnnotation(
  { frames, notes }: Pick<Roots, 'frames' | 'notes'>,
  edit: Exclude<AnnotationEdit, { type: 'setBends' }>,
): void {
  const [map, fields] = edit.type === 'setFrame' ? [frames, FRAME_FIELDS] : [notes, NOTE_FIELDS];
  const value = edit.type === 'setFrame' ? edit.frame : edit.note;
  for (const field of fields) {
    const key = keyOf(edit.id, field);
    const next = value === null ? undefined : fieldOf(value, field);
    if (JSON.stringify(map.get(key)) === JSON.stringify(next)) continue;
    if (next === undefined) map.delete(key);
    else map.set(key, Array.isArray(next) ? [...next] : next);
  }
}

function fieldOf(
  value: Frame | StickyNote,
  field: (typeof FRAME_FIELDS)[number] | (typeof NOTE_FIELDS)[number],
): unknown {
  if (field === AREA) return [value.x, value.y, value.width, value.height];
  if (field === 'color') return value.color;
  if (field === 'in') return value.in;
  if (field === 'text') return 'text' in value ? value.text : undefined;
  if (field === 'title') return 'title' in value ? value.title : undefined;
  return 'folded' in value ? value.folded : undefined;
}

/**
 * Whether a key is of a frame or a note that is not there any more: a colleague has changed what another has deleted. A
 * newer client may have other keys.
 */
export const isLeftOver = (map: Y.Map<unknown>, key: string): boolean =>
  key.includes('/') && !map.has(keyOf(key.slice(0, key.lastIndexOf('/')), AREA));
