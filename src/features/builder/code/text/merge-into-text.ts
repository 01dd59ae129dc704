import { longestIncreasing } from '#core/formula/change/longest-increasing.ts';
import { statementsOf } from '#core/formula/language/statements.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { ancestor } from './ancestor.ts';
import {
  isApart,
  lengthOf,
  printedStatements,
  settled,
  textOfPart,
  type CodeText,
  type Open,
  type Part,
  type Printed,
  type Settled,
} from './parts.ts';
import { renameTokens } from './rename-tokens.ts';
import { textChanges, type TextChange } from './text-changes.ts';

/**
 * Brings what has changed in the formula into the text: statements that the person is not typing in become what the
 * formula says now, those that they type in stay as they are but for new names. `changes` lead from the text before to
 * the text after.
 */
export function mergeIntoText(
  before: CodeText,
  formula: Formula,
): { readonly text: CodeText; readonly changes: readonly TextChange[] } {
  const opens = before.parts.flatMap((part) => (part.kind === 'open' ? [part] : []));
  const renames = opens.length === 0 ? NO_RENAMES : renamesBetween(before.formula, formula);
  const placed = separated(inNewOrder(before.parts, printedStatements(formula)));
  const { parts, changes } = changed(before.parts, placed, renames);
  return { text: { parts, formula: ancestor(before.formula, formula, idsUnder(opens)) }, changes };
}

/** A part of the new text: one of the old parts with what it becomes, or a new one. */
interface Placed {
  readonly old?: Part;
  readonly part: Part;
}

/**
 * Which parts the text has now. Statements come in the formula's order; open parts stay in theirs, since they can't be
 * moved without losing the person's place. One that stands for a statement takes the statement's place, one that does
 * not stays behind what it was behind.
 */
function inNewOrder(parts: readonly Part[], printed: readonly Printed[]): readonly Placed[] {
  const opens = parts.flatMap((part) => (part.kind === 'open' ? [part] : []));
  const openOf = new Map<NodeId | null, number>(
    opens.flatMap(({ over }, index) => over.map(({ printed: { id } }) => [id, index] as const)),
  );
  const settledBefore = new Map<NodeId | null, { readonly part: Settled; readonly opensAbove: number }>();
  let opensAbove = 0;
  for (const part of parts) {
    if (part.kind === 'open') opensAbove += 1;
    else settledBefore.set(part.printed.id, { part, opensAbove });
  }
  const held = [...new Set(printed.flatMap(({ id }) => openOf.get(id) ?? []))].sort((a, b) => a - b);
  const placed: Placed[] = [];
  const seen = new Set<number>();
  let [next, slot] = [0, 0];
  const placeOpens = (behind: number): void => {
    for (const open of opens.slice(next, behind)) placed.push({ old: open, part: open });
    next = Math.max(next, behind);
  };
  for (const now of printed) {
    const open = openOf.get(now.id);
    if (open === undefined) {
      const known = settledBefore.get(now.id);
      if (known) placeOpens(Math.min(known.opensAbove, held[slot] ?? opens.length));
      placed.push(known ? { old: known.part, part: updated(known.part, now) } : { part: settled(now) });
    } else if (!seen.has(open)) {
      seen.add(open);
      placeOpens((held[slot] ?? open) + 1);
      slot += 1;
    }
  }
  placeOpens(opens.length);
  return placed;
}

/** Spaces of the person's own stay where the print has not changed; a comment behind the statement moves above it. */
function updated(part: Settled, now: Printed): Settled {
  const { lead, body } = part.printed;
  if (lead === now.lead && body === now.body) return part;
  if (part.body.includes('#')) return settled(now);
  return {
    kind: 'settled',
    lead: lead === now.lead ? part.lead : now.lead,
    body: body === now.body ? part.body : now.body,
    printed: now,
  };
}

/** No part runs into the line of the one above. */
function separated(placed: readonly Placed[]): readonly Placed[] {
  let above = '';
  return placed.map(({ old, part }) => {
    const apart = isApart(above, textOfPart(part))
      ? part
      : part.kind === 'open'
        ? { ...part, text: `\n${part.text}` }
        : { ...part, lead: `\n${part.lead}` };
    above = textOfPart(apart) || above;
    return { ...(old ? { old } : {}), part: apart };
  });
}

/**
 * What has to change in the text: as few parts as possible are moved, and those that stay change only where they
 * differ.
 */
function changed(
  before: readonly Part[],
  placed: readonly Placed[],
  renames: ReadonlyMap<string, string>,
): { readonly parts: readonly Part[]; readonly changes: readonly TextChange[] } {
  const starts = new Map<Part, { readonly index: number; readonly start: number }>();
  let length = 0;
  before.forEach((part, index) => {
    starts.set(part, { index, start: length });
    length += lengthOf(part);
  });
  const staying = stayingParts(placed, (part) => starts.get(part)?.index ?? -1);
  const changes: TextChange[] = [];
  const parts: Part[] = [];
  let [at, inserted] = [0, ''];
  const replaceTo = (end: number): void => {
    if (inserted !== '' || at < end) changes.push({ from: at, to: end, insert: inserted });
    inserted = '';
  };
  for (const { old, part } of placed) {
    const start = old && staying.has(old) ? starts.get(old)?.start : undefined;
    if (old === undefined || start === undefined) {
      inserted += textOfPart(part);
      parts.push(part);
      continue;
    }
    const kept = part.kind === 'open' ? renamed(part, renames) : part;
    // A line break that keeps the part off the one above is not the person's: it is in front of the part, not a change
    // of it.
    const prefix = part.kind === 'open' ? part.text.slice(0, part.text.length - lengthOf(old)) : '';
    inserted += prefix;
    replaceTo(start);
    changes.push(
      ...within(old, part, start),
      ...(part.kind === 'open' ? renameTokens(textOfPart(old), renames).map((change) => shifted(change, start)) : []),
    );
    at = start + lengthOf(old);
    parts.push(kept);
  }
  replaceTo(length);
  return { parts, changes };
}

function within(old: Part, part: Part, start: number): readonly TextChange[] {
  if (old.kind === 'open' || part.kind === 'open') return [];
  return [
    ...textChanges(old.lead, part.lead).map((change) => shifted(change, start)),
    ...textChanges(old.body, part.body).map((change) => shifted(change, start + old.lead.length)),
  ];
}

const shifted = ({ from, to, insert }: TextChange, by: number): TextChange => ({
  from: from + by,
  to: to + by,
  insert,
});

function renamed(open: Open, renames: ReadonlyMap<string, string>): Open {
  const changes = renameTokens(open.text, renames);
  const text = changes.reduceRight(
    (result, { from, to, insert }) => result.slice(0, from) + insert + result.slice(to),
    open.text,
  );
  return { ...open, text };
}

/** All open parts, which are in order, and between any two of them as many of the settled ones as are in order. */
function stayingParts(placed: readonly Placed[], indexOf: (part: Part) => number): ReadonlySet<Part> {
  const staying = new Set<Part>();
  let run: Part[] = [];
  let above = -1;
  const close = (below: number): void => {
    const candidates = run.filter((part) => indexOf(part) > above && indexOf(part) < below);
    for (const index of longestIncreasing(candidates.map(indexOf))) {
      const part = candidates[index];
      if (part) staying.add(part);
    }
    [run, above] = [[], below];
  };
  for (const { old } of placed) {
    if (old?.kind === 'open') {
      close(indexOf(old));
      staying.add(old);
    } else if (old) run.push(old);
  }
  close(Infinity);
  return staying;
}

const NO_RENAMES: ReadonlyMap<string, string> = new Map();

/** Which statements have got other names, old name → new name. */
function renamesBetween(before: Formula, after: Formula): ReadonlyMap<string, string> {
  const names = statementsOf(after).names;
  const renames = new Map<string, string>();
  for (const [id, old] of statementsOf(before).names) {
    const name = names.get(id);
    if (name !== undefined && name !== old) renames.set(old, name);
  }
  return renames;
}

const idsUnder = (opens: readonly Open[]): readonly NodeId[] =>
  opens.flatMap(({ over }) => over.flatMap(({ printed: { id } }) => id ?? []));
