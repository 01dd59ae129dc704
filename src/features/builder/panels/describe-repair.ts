import type { Repair } from '#collab/repair.ts';

/** A repair of the shared document in words, with what to do. */
export function describeRepair(repair: Repair): string {
  switch (repair.kind) {
    case 'renamed':
      return `Two people gave the name \`${repair.name}\` at once: this one is shown as \`${repair.to}\`. Rename one of them.`;
    case 'lostWire':
      return `What \`${repair.port}\` was wired to has been deleted. Wire it anew.`;
    case 'cutWire':
      return `Two people's wires closed a circle: that into \`${repair.port}\` is set aside. Take one of them away.`;
    case 'unknownValue':
      return `The value of \`${repair.port}\` is none that a formula can have. Set it anew.`;
  }
}
