import type { Change } from './diff.ts';

/**
 * A name for a change that no other change of the same diff has: what kind of change, of which statement and, of an
 * argument, the ports that lead to the argument. It stays while others edit other things, and when the same argument
 * changes once more: addresses and threads point at changes by it.
 */
export function changeKeyOf(change: Change): string {
  switch (change.kind) {
    case 'changed':
    case 'rewired':
      return ['part', change.id, ...change.path.flatMap(({ port }) => port ?? [])].join('/');
    case 'muted':
    case 'unmuted':
      return `mute/${change.id}`;
    case 'epilogue':
    case 'moved':
      return change.kind;
    default:
      return `${change.kind}/${change.id}`;
  }
}
