import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Formula } from '#core/formula/model/formula.ts';
import { fillDocument } from './fill.ts';
import type { Replica, ReplicaStatus } from './replica.ts';
import { Undo } from './undo.ts';

const STATUS: ReplicaStatus = { connection: 'online', saved: 'saved', unsaved: 0, canEdit: true, kept: 'browser' };
const never = (): (() => void) => () => undefined;

/** A document that belongs to one browser: no server has it, and nobody else writes in it. */
export function openLocalReplica(formula: Formula, { origin }: { readonly origin: unknown }): Replica {
  const doc = new Y.Doc();
  fillDocument(doc, formula, '');
  const undo = new Undo(doc, origin);
  const awareness = new Awareness(doc);
  return {
    doc,
    undo,
    awareness,
    getStatus: () => STATUS,
    subscribe: never,
    subscribeRenewed: never,
    subscribeLost: never,
    reconnect: () => undefined,
    discard: () => undefined,
    destroy: () => {
      undo.destroy();
      awareness.destroy();
      doc.destroy();
      return Promise.resolve();
    },
  };
}
