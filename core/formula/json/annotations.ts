import { err, ok, type Result } from '#core/result/result.ts';
import { hasHidden, HIDDEN_MESSAGE } from '../language/hidden-characters.ts';
import {
  ANNOTATION_COLORS,
  isAnnotationColor,
  LONGEST_NOTE,
  LONGEST_TITLE,
  MOST_ANNOTATIONS,
  toArea,
  type Frame,
  type StickyNote,
} from '../model/annotations.ts';
import { MOST_NODES } from '../model/formula.ts';
import { NODE_ID } from '../model/node-id.ts';

interface ReadAll<T> {
  readonly known: Record<string, T>;
  readonly problems: readonly { readonly path: readonly string[]; readonly message: string }[];
}

/** All frames, or all notes, out of JSON that anybody may have written, and what is wrong with the others. */
export function readAll<T>(
  part: 'frames' | 'notes',
  value: unknown,
  read: (value: unknown) => Result<T, string>,
): ReadAll<T> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { known: {}, problems: [{ path: [part], message: `is an object of ${part} by their ids.` }] };
  const entries = Object.entries(value);
  if (entries.length > MOST_ANNOTATIONS) {
    const message = `has ${entries.length} ${part}; a formula may have ${MOST_ANNOTATIONS}.`;
    return { known: {}, problems: [{ path: [part], message }] };
  }
  const known: [string, T][] = [];
  const problems: { path: readonly string[]; message: string }[] = [];
  for (const [id, each] of entries) {
    const one = read(each);
    if (!NODE_ID.test(id))
      problems.push({
        path: [part, id],
        message: 'is no id: up to 64 letters, digits, _ and -, and not digits alone.',
      });
    if (one.ok) known.push([id, one.value]);
    else problems.push({ path: [part, id], message: one.error });
  }
  return { known: Object.fromEntries(known), problems };
}

const COLORS = ANNOTATION_COLORS.map((color) => `"${color}"`).join(', ');

/** A frame out of JSON that anybody may have written, or what is wrong with it. */
export function readFrame(value: unknown): Result<Frame, string> {
  const { title, folded, ...rest } = recordOf(value);
  const common = readCommon(rest);
  if (!common.ok) return common;
  const wrong = textProblem('title', title, LONGEST_TITLE);
  if (wrong !== null) return err(wrong);
  if (folded === undefined) return ok({ ...common.value, title: String(title) });
  return isIds(folded)
    ? ok({ ...common.value, title: String(title), folded })
    : err('has `folded`, the ids of the nodes that are folded away.');
}

/** A note out of JSON that anybody may have written, or what is wrong with it. */
export function readNote(value: unknown): Result<StickyNote, string> {
  const { text, ...rest } = recordOf(value);
  const common = readCommon(rest);
  if (!common.ok) return common;
  const wrong = textProblem('text', text, LONGEST_NOTE);
  return wrong === null ? ok({ ...common.value, text: String(text) }) : err(wrong);
}

const isIds = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length <= MOST_NODES && value.every((id) => typeof id === 'string');

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

function readCommon({
  x,
  y,
  width,
  height,
  color,
  in: scope,
  ...rest
}: Record<string, unknown>): Result<Omit<StickyNote, 'text'>, string> {
  const [more] = Object.keys(rest);
  if (more !== undefined) return err(`has \`${more}\`, which is no part of it.`);
  const area = toArea([x, y, width, height]);
  if (!area) return err('has `x`, `y`, `width` and `height`, all numbers, the last two above zero.');
  if (!isAnnotationColor(color)) return err(`has a \`color\`, one of ${COLORS}.`);
  if (scope === undefined) return ok({ ...area, color });
  return typeof scope === 'string' && NODE_ID.test(scope)
    ? ok({ ...area, color, in: scope })
    : err('has `in`, the id of the function in which it is drawn.');
}

function textProblem(name: string, value: unknown, longest: number): string | null {
  if (typeof value !== 'string') return `has a \`${name}\`, a text.`;
  if (value.length > longest) return `has a \`${name}\` of more than ${longest} characters.`;
  return hasHidden(value) ? HIDDEN_MESSAGE : null;
}
