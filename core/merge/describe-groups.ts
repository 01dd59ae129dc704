import { describeChange } from '#core/diff/describe.ts';
import { changesOf, type Change } from '#core/diff/diff.ts';
import { registerOf, type GroupedEdits } from '#core/diff/grouped-edits.ts';
import { sideOf } from '#core/diff/side.ts';
import { isAnnotationEdit } from '#core/formula/change/annotation-edits.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula } from '#core/formula/model/formula.ts';

/** What a group of edits is to people. */
export interface Described {
  /** The differences that the group makes; empty where no code says it, such as frames and blank lines. */
  readonly changes: readonly Change[];
  /** One line for each of them; never empty. */
  readonly sentences: readonly string[];
}

/** Each group of the edits between two formulas whose nodes have the same ids, in words. */
export function describeGroups(a: Formula, b: Formula, { edits, groups }: GroupedEdits): readonly Described[] {
  const [before, after] = [sideOf(a), sideOf(b)];
  const places = new Map(
    groups.flatMap((group, place) => group.edits.map((edit) => [registerOf(edit), place] as const)),
  );
  const byNode = new Map(
    groups.flatMap((group, place) =>
      group.edits.flatMap((edit) => ('id' in edit && !isQuiet(edit) ? [[edit.id, place] as const] : [])),
    ),
  );
  const changes = groups.map((): Change[] => []);
  for (const change of changesOf(before, after, edits)) {
    const place = registersOf(change)
      .map((register) => places.get(register))
      .find((each) => each !== undefined);
    changes[place ?? placeOfNode(change, byNode) ?? -1]?.push(change);
  }
  return groups.map(({ edits: own }, place) => {
    const said = changes[place] ?? [];
    return {
      changes: said,
      sentences:
        said.length > 0
          ? said.map(describeChange)
          : [...new Set(own.map((edit) => describeEdit(edit, a, before.labelOf)))],
    };
  });
}

/** Where a change is written, the surest place first. */
function registersOf(change: Change): readonly string[] {
  switch (change.kind) {
    case 'added':
    case 'removed':
      return [`node ${change.id}`, `setName ${change.id}`];
    case 'renamed':
      return [`setName ${change.id}`];
    case 'changed':
    case 'rewired':
      return change.path
        .toReversed()
        .flatMap(({ id, port }) => [...(port === undefined ? [] : [`arg ${id} ${port}`]), `setBlock ${id}`]);
    case 'commented':
      return [`setComment ${change.id}`];
    case 'muted':
    case 'unmuted':
      return [`muted ${change.id}`];
    case 'reordered':
      return [`reorder ${change.id}`];
    case 'epilogue':
      return ['epilogue'];
    case 'moved':
      return change.ids.map((id) => `moveNode ${id}`);
  }
}

function placeOfNode(change: Change, byNode: ReadonlyMap<string, number>): number | undefined {
  const ids = 'path' in change ? change.path.map(({ id }) => id).toReversed() : 'id' in change ? [change.id] : [];
  return ids.map((id) => byNode.get(id)).find((place) => place !== undefined);
}

const isQuiet = (edit: Edit): boolean => isAnnotationEdit(edit) || edit.type === 'moveNode';

function describeEdit(edit: Edit, a: Formula, labelOf: (id: string) => string): string {
  switch (edit.type) {
    case 'setFrame': {
      const title = edit.frame?.title ?? a.frames?.[edit.id]?.title ?? '';
      return `frame ${title === '' ? '' : `"${title}" `}${came(edit.frame, a.frames?.[edit.id])}`;
    }
    case 'setNote':
      return `note ${came(edit.note, a.notes?.[edit.id])}`;
    case 'setBends':
      return 'the way of a wire on the canvas';
    case 'setEpilogue':
      return 'comment at the end changed';
    default:
      return `${labelOf(edit.id)} is written otherwise`;
  }
}

const came = (now: object | null, before: object | undefined): string =>
  now === null ? 'removed' : before === undefined ? 'added' : 'changed';
