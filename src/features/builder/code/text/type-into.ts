import { isApart, lengthOf, textOf, textOfPart, type Open, type Part, type Settled } from './parts.ts';
import type { TextChange } from './text-changes.ts';

/**
 * The parts after the person has typed: those that a change touches are open from now on, and settled again once they
 * read as before. Of what is open, whole statements at either end that are as they were are settled: neither neighbour
 * of a new line waits for what is written there.
 *
 * `changes` are in the coordinates of the text before, in order and without overlap.
 */
export function typeInto(parts: readonly Part[], changes: readonly TextChange[]): readonly Part[] {
  let result: readonly Part[] = parts;
  // From the last to the first: the places of those before stay right.
  for (const change of [...changes].reverse()) result = typeOne(result, change);
  return result;
}

function typeOne(parts: readonly Part[], change: TextChange): readonly Part[] {
  const { first, behind, start } = touchedBy(parts, change);
  const before = textOf(parts.slice(first, behind));
  const text = before.slice(0, change.from - start) + change.insert + before.slice(change.to - start);
  return reopened(parts, first, behind, text);
}

/**
 * Which parts a change belongs to, and where the first of them starts. What is put between two parts belongs to the one
 * above.
 */
function touchedBy(
  parts: readonly Part[],
  { from, to }: TextChange,
): { readonly first: number; readonly behind: number; readonly start: number } {
  let start = 0;
  let first = 0;
  // To the part that the change begins in, or at the end of; not the latter when it takes something away behind it.
  for (
    let part = parts[first];
    part && (start + lengthOf(part) < from || (from < to && start + lengthOf(part) === from));
    part = parts[first]
  ) {
    start += lengthOf(part);
    first += 1;
  }
  let behind = first;
  let at = start;
  for (let next = parts[behind]; next && (behind === first || at < to); next = parts[behind]) {
    at += lengthOf(next);
    behind += 1;
  }
  return { first, behind, start };
}

/**
 * Puts an open part with this text in place of some parts; with the neighbours that it runs into, without those that it
 * leaves as they were.
 */
function reopened(parts: readonly Part[], first: number, behind: number, text: string): readonly Part[] {
  let [from, to, whole] = [first, behind, text];
  while (from > 0 && !isApart(nearest(parts, from - 1, -1), whole || nearest(parts, to, 1))) {
    from -= 1;
    whole = textAt(parts, from) + whole;
  }
  while (to < parts.length && !isApart(whole, nearest(parts, to, 1))) {
    whole += textAt(parts, to);
    to += 1;
  }
  const over = parts.slice(from, to).flatMap((part) => (part.kind === 'open' ? part.over : [part]));
  return [...parts.slice(0, from), ...resettled({ kind: 'open', text: whole, over }), ...parts.slice(to)];
}

function textAt(parts: readonly Part[], index: number): string {
  const part = parts[index];
  return part ? textOfPart(part) : '';
}

/** The text of the next part in a direction that is not empty. */
function nearest(parts: readonly Part[], index: number, step: 1 | -1): string {
  let at = index;
  while (at >= 0 && at < parts.length && textAt(parts, at) === '') at += step;
  return textAt(parts, at);
}

/** Takes the parts off both ends that are in the text as they were. */
function resettled({ text, over }: Open): readonly Part[] {
  if (text === textOf(over)) return over;
  const above: Settled[] = [];
  const below: Settled[] = [];
  let rest = text;
  const left = [...over];
  for (let next = left[0]; next; next = left[0]) {
    const whole = textOfPart(next);
    if (whole === '' || !rest.startsWith(whole) || !isApart(whole, rest.slice(whole.length))) break;
    above.push(next);
    rest = rest.slice(whole.length);
    left.shift();
  }
  for (let last = left.at(-1); last; last = left.at(-1)) {
    const kept = keptBelow(rest, last);
    if (!kept) break;
    below.unshift(kept);
    rest = rest.slice(0, rest.length - lengthOf(kept));
    left.pop();
  }
  return [
    ...above,
    ...(rest === '' && left.length === 0 ? [] : [{ kind: 'open' as const, text: rest, over: left }]),
    ...below,
  ];
}

/**
 * The last part as a text still has it; null when the person has written in the part. Lines that stood blank above the
 * statement, and spaces behind the statement above, are no part of the statement once something is written there.
 */
function keptBelow(text: string, part: Settled): Settled | null {
  const whole = textOfPart(part);
  if (whole === '') return null;
  if (text.endsWith(whole) && isApart(text.slice(0, text.length - whole.length), whole)) return part;
  if (part.body === '' || !text.endsWith(part.body)) return null;
  const above = text.slice(0, text.length - part.body.length);
  const common = commonEnd(above, part.lead);
  const lead = common.slice(common.indexOf('\n'));
  if (!lead.startsWith('\n')) return null;
  // A comment above a statement is the statement's.
  const isCommented =
    part.lead.slice(0, part.lead.length - lead.length).includes('#') ||
    /(?:^|\n)[^\S\n]*#[^\n]*\s*$/.test(above.slice(0, above.length - lead.length));
  return isCommented ? null : { ...part, lead };
}

function commonEnd(a: string, b: string): string {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return a.slice(a.length - length);
}
