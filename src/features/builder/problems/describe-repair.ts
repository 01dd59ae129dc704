import type { Repair } from '#collab/repair.ts';

/**
 * A repair of the shared document in words, with what to do. A wire that is set aside is told at its node
 * (`tellCutWires`).
 */
export function describeRepair(repair: Exclude<Repair, { kind: 'cutWire' }>): string {
  switch (repair.kind) {
    case 'renamed':
      return `Two people gave the name \`${repair.name}\` at once: this one is shown as \`${repair.to}\`. Rename one of them.`;
    case 'lostWire':
      return `What \`${repair.port}\` was wired to has been deleted. Wire it anew.`;
    case 'unknownValue':
      return `The value of \`${repair.port}\` is none that a strategy can have. Set it anew.`;
  }
}
