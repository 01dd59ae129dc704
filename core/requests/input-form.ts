import { err, ok, type Result } from '../result/result.ts';

/**
 * The input of a procedure on the network: plain JSON in an envelope. `meta` marks fields as `undefined`, as superjson
 * does; pages that were opened before we wrote inputs without marks still send it. Nothing else of superjson is read
 * from outside: its types cost far more than their bytes.
 */
interface InputForm {
  readonly json?: unknown;
  readonly meta?: unknown;
}

type Fields = Record<string, unknown>;

/** Fields that may be marked in one input: more than any procedure has. */
const MOST_MARKS = 64;
/** Fields within each other up to a marked one. */
const DEEPEST_MARK = 8;

const ENVELOPE = 'Send the input as {"json": …}, in plain JSON.';
const MARKS = 'The input is marked with types that are not read here. Send plain JSON.';

/**
 * An input as it is sent. JSON leaves out fields that are undefined, and the procedures take such fields as left out.
 */
export const writeInput = (input: unknown): InputForm => (input === undefined ? {} : { json: input });

/**
 * The input within its form, which it may change: nothing is copied. The work is that of at most 64 marks, whatever the
 * form holds.
 *
 * @param form What JSON.parse made of text; `undefined` if nothing was sent.
 * @returns An error in words if the form is none, or has marks other than of `undefined`.
 */
export function readInput(form: unknown): Result<unknown, string> {
  if (form === undefined) return ok(undefined);
  if (!isFields(form)) return err(ENVELOPE);
  for (const key in form) if (key !== 'json' && key !== 'meta') return err(ENVELOPE);
  const { json, meta } = form;
  if (meta === undefined) return ok(json);
  if (!isFields(meta)) return err(MARKS);
  // What `referentialEqualities` says of objects that are the same is not needed: each of them is written out.
  const { values } = meta;
  if (values === undefined) return ok(json);
  if (isMark(values)) return ok(undefined);
  if (!isFields(values)) return err(MARKS);
  let marks = 0;
  for (const path in values) {
    marks += 1;
    if (marks > MOST_MARKS || !isMark(values[path]) || !setUndefined(json, path)) return err(MARKS);
  }
  return ok(json);
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMark = (value: unknown): boolean => Array.isArray(value) && value.length === 1 && value[0] === 'undefined';

/** Whether there was such a field. Only what the text itself has is a field. */
function setUndefined(json: unknown, path: string): boolean {
  const steps = path.split('.', DEEPEST_MARK + 1);
  const last = steps.pop();
  if (last === undefined || steps.length === DEEPEST_MARK) return false;
  let parent: unknown = json;
  for (const step of steps) {
    if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, step)) return false;
    parent = Reflect.get(parent, step);
  }
  if (!isFields(parent) || !Object.hasOwn(parent, last)) return false;
  parent[last] = undefined;
  return true;
}
