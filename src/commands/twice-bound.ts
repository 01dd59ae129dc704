import type { Command } from './command.ts';

type Bound = Pick<Command, 'shortcut' | 'otherShortcuts'>;

/** All keys of a command. */
export const keysOf = ({ shortcut, otherShortcuts = [] }: Bound): readonly string[] =>
  shortcut === undefined ? [] : [shortcut, ...otherShortcuts];

/** Where a key means the command: everywhere, everywhere but in texts, or in one part of the page. */
export type Scope = 'everywhere' | 'beside texts' | 'canvas' | 'code';

export function scopeOf({ isLocal, inTexts, group }: Pick<Command, 'isLocal' | 'inTexts' | 'group'>): Scope {
  if (isLocal) return group === 'Code' ? 'code' : 'canvas';
  return inTexts === 'always' ? 'everywhere' : 'beside texts';
}

const meet = (a: Scope, b: Scope): boolean =>
  a === b || !((a === 'code' && b !== 'everywhere') || (b === 'code' && a !== 'everywhere'));

export interface Binding {
  readonly id: string;
  readonly keys: string;
  readonly scope: Scope;
}

/** Keys that mean two commands at one place, each with the ids of both. */
export function twiceBound(bindings: readonly Binding[]): readonly string[] {
  return bindings.flatMap((a, index) =>
    bindings
      .slice(index + 1)
      .filter((b) => a.keys === b.keys && a.id !== b.id && meet(a.scope, b.scope))
      .map((b) => `${a.keys}: ${a.id}, ${b.id}`),
  );
}
