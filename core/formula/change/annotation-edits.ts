import { sameFrame, sameNote } from '../model/annotations.ts';
import { sameBends } from '../model/bends.ts';
import type { Edit } from '../model/edit.ts';
import type { Formula } from '../model/formula.ts';

export type AnnotationEdit = Extract<Edit, { type: 'setFrame' | 'setNote' | 'setBends' }>;

export const isAnnotationEdit = (edit: Edit): edit is AnnotationEdit =>
  edit.type === 'setFrame' || edit.type === 'setNote' || edit.type === 'setBends';

type Annotations = Pick<Formula, 'frames' | 'notes' | 'bends'>;

/** The frames, notes and bends after the edits; a formula without any has none of them. */
export function annotated(before: Annotations, edits: readonly AnnotationEdit[]): Annotations {
  const frames = new Map(Object.entries(before.frames ?? {}));
  const notes = new Map(Object.entries(before.notes ?? {}));
  const bends = new Map(Object.entries(before.bends ?? {}));
  for (const edit of edits)
    if (edit.type === 'setFrame') set(frames, edit.id, edit.frame);
    else if (edit.type === 'setNote') set(notes, edit.id, edit.note);
    else set(bends, edit.id, edit.bends);
  return {
    ...(frames.size > 0 ? { frames: Object.fromEntries(frames) } : {}),
    ...(notes.size > 0 ? { notes: Object.fromEntries(notes) } : {}),
    ...(bends.size > 0 ? { bends: Object.fromEntries(bends) } : {}),
  };
}

function set<T>(map: Map<string, T>, id: string, value: T | null): void {
  if (value === null) map.delete(id);
  else map.set(id, value);
}

/** What makes the frames, notes and bends of `b` of those of `a`. */
export function annotationEditsBetween(a: Annotations, b: Annotations): readonly AnnotationEdit[] {
  const frames = changed(a.frames, b.frames, sameFrame);
  const notes = changed(a.notes, b.notes, sameNote);
  const bends = changed(a.bends, b.bends, sameBends);
  return [
    ...frames.map(([id, frame]): AnnotationEdit => ({ type: 'setFrame', id, frame })),
    ...notes.map(([id, note]): AnnotationEdit => ({ type: 'setNote', id, note })),
    ...bends.map(([id, points]): AnnotationEdit => ({ type: 'setBends', id, bends: points })),
  ];
}

type All<T> = Readonly<Record<string, T>> | undefined;

function changed<T>(a: All<T>, b: All<T>, same: (a: T, b: T) => boolean): [string, T | null][] {
  const [before, after] = [new Map(Object.entries(a ?? {})), new Map(Object.entries(b ?? {}))];
  const gone = [...before.keys()].filter((id) => !after.has(id)).map((id): [string, null] => [id, null]);
  const set = [...after].filter(([id, value]) => {
    const old = before.get(id);
    return old === undefined || !same(old, value);
  });
  return [...gone, ...set];
}
