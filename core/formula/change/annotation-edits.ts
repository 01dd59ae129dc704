import { sameFrame, sameNote } from '../model/annotations.ts';
import type { Edit } from '../model/edit.ts';
import type { Formula } from '../model/formula.ts';

export type AnnotationEdit = Extract<Edit, { type: 'setFrame' | 'setNote' }>;

export const isAnnotationEdit = (edit: Edit): edit is AnnotationEdit =>
  edit.type === 'setFrame' || edit.type === 'setNote';

type Annotations = Pick<Formula, 'frames' | 'notes'>;

/** The frames and notes after the edits; a formula without any has neither. */
export function annotated(before: Annotations, edits: readonly AnnotationEdit[]): Annotations {
  const frames = new Map(Object.entries(before.frames ?? {}));
  const notes = new Map(Object.entries(before.notes ?? {}));
  for (const edit of edits)
    if (edit.type === 'setFrame') set(frames, edit.id, edit.frame);
    else set(notes, edit.id, edit.note);
  return {
    ...(frames.size > 0 ? { frames: Object.fromEntries(frames) } : {}),
    ...(notes.size > 0 ? { notes: Object.fromEntries(notes) } : {}),
  };
}

function set<T>(map: Map<string, T>, id: string, value: T | null): void {
  if (value === null) map.delete(id);
  else map.set(id, value);
}

/** What makes the frames and notes of `b` of those of `a`. */
export function annotationEditsBetween(a: Annotations, b: Annotations): readonly AnnotationEdit[] {
  const frames = changed(a.frames, b.frames, sameFrame);
  const notes = changed(a.notes, b.notes, sameNote);
  return [
    ...frames.map(([id, frame]): AnnotationEdit => ({ type: 'setFrame', id, frame })),
    ...notes.map(([id, note]): AnnotationEdit => ({ type: 'setNote', id, note })),
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
