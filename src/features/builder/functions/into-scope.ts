import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { SCOPE } from '#core/formula/language/functions.ts';
import type { Frame, StickyNote } from '#core/formula/model/annotations.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Arg, NodeId } from '#core/formula/model/formula.ts';

/** Nodes that are added while a function is open are part of it. Actions and inputs stand outside of functions. */
export function intoScope(edits: readonly Edit[], scope: NodeId | null): readonly Edit[] {
  const added = new Set(edits.flatMap((edit) => (edit.type === 'addNode' ? [edit.id] : [])));
  return edits.flatMap((edit): Edit[] => {
    if (edit.type === 'setFrame') return [{ ...edit, frame: edit.frame && drawnIn(edit.frame, scope) }];
    if (edit.type === 'setNote') return [{ ...edit, note: edit.note && drawnIn(edit.note, scope) }];
    if (edit.type === 'setArg' && edit.port === SCOPE && added.has(edit.id)) return [];
    if (edit.type !== 'addNode' || edit.node.block === 'fn') return [edit];
    const { [SCOPE]: _scope, ...args } = edit.node.args;
    const own: Readonly<Record<string, Arg>> =
      scope === null || standsOutside(edit.node.block) ? args : { ...args, [SCOPE]: { from: scope } };
    return [{ ...edit, node: { ...edit.node, args: own } }];
  });
}

/** A frame or a note of the graph that is open. */
export function drawnIn<T extends Frame | StickyNote>(annotation: T, scope: NodeId | null): T {
  const { in: _before, ...bare } = annotation;
  return { ...bare, ...(scope === null ? {} : { in: scope }) } as T;
}

/** Whether a block has no place in a function. */
export const standsOutside = (block: string): boolean => {
  const kind = findBlock(block)?.kind;
  return kind === 'action' || kind === 'input';
};
