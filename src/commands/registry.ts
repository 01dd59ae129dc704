import { createEmitter } from '#core/emitter/emitter.ts';
import type { Command } from './command.ts';

/** The commands on offer at this moment; parts of the interface add theirs while they are on screen. */
export interface Registry {
  add(commands: readonly Command[]): () => void;
  list(): readonly Command[];
  subscribe(listener: () => void): () => void;
}

export function createRegistry(): Registry {
  const groups = new Set<readonly Command[]>();
  const changes = createEmitter<void>();
  let all: readonly Command[] = [];
  const changed = (): void => {
    // A later part overrides an earlier command of the same id: the builder's "Run backtest" knows its formula.
    all = [...new Map([...groups].flat().map((command) => [command.id, command])).values()];
    changes.emit();
  };
  return {
    add(commands) {
      groups.add(commands);
      changed();
      return () => {
        groups.delete(commands);
        changed();
      };
    },
    list: () => all,
    subscribe: changes.subscribe,
  };
}
