import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newestOf, nextReplica, type ReplicaEvent, type ReplicaState } from './replica-state.ts';
import { transitionsOf } from './testing/protocol-table.ts';

const STATES: Readonly<Record<ReplicaState<string>['kind'], ReplicaState<string>>> = {
  steady: { kind: 'steady', current: 'a' },
  renewing: { kind: 'renewing', current: 'a', next: 'b', discards: false },
  closed: { kind: 'closed', current: 'a' },
};
const EVENTS: Readonly<Record<ReplicaEvent<string>['type'], ReplicaEvent<string>>> = {
  renewed: { type: 'renewed', next: 'c', discards: false },
  arrived: { type: 'arrived', document: 'b' },
  destroyed: { type: 'destroyed' },
};

test('the states of a replica follow each other as the table of the protocol says', () => {
  const wanted = transitionsOf("A client's replica", Object.keys(STATES), Object.keys(EVENTS));
  for (const [kind, state] of Object.entries(STATES))
    for (const [name, event] of Object.entries(EVENTS))
      expect(nextReplica(state, event).kind, `${kind}, ${name}`).toBe(wanted.get(`${kind} ${name}`));
});

const step = fc.oneof(
  fc.record({ type: fc.constant('renewed' as const), next: fc.string({ maxLength: 1 }), discards: fc.boolean() }),
  fc.record({ type: fc.constant('arrived' as const), document: fc.string({ maxLength: 1 }) }),
);

test('the current document changes only when the next one arrives, and discarded changes stay discarded till then', () => {
  fc.assert(
    fc.property(fc.array(step), (events) => {
      let state: ReplicaState<string> = { kind: 'steady', current: '' };
      let discards = false;
      for (const event of events) {
        const next: ReplicaState<string> = nextReplica(state, event);
        if (event.type === 'renewed') discards ||= event.discards;
        if (next.current !== state.current) expect(next.current).toBe(newestOf(state));
        if (next.kind === 'renewing') expect(next.discards).toBe(discards);
        else discards = false;
        state = next;
      }
    }),
  );
});
