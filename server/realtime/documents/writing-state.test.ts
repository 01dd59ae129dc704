import fc from 'fast-check';
import { expect, test } from 'vitest';
import { transitionsOf } from '#collab/testing/protocol-table.ts';
import { committingOf, gatheringOf, IDLE, nextWriting, type WritingEvent, type WritingState } from './writing-state.ts';

const written = (byte = 0): WritingEvent => ({
  type: 'written',
  update: { actorId: null, bytes: Uint8Array.of(byte) },
});
const EVENTS: Readonly<Record<WritingEvent['type'], WritingEvent>> = {
  written: written(),
  behind: { type: 'behind' },
  begun: { type: 'begun' },
  committed: { type: 'committed' },
  failed: { type: 'failed', error: new Error('It was not committed.') },
};
const after = (...events: readonly WritingEvent[]): WritingState => events.reduce(nextWriting, IDLE);
const STATES: Readonly<Record<WritingState['kind'], () => WritingState>> = {
  idle: () => IDLE,
  gathering: () => after(EVENTS.written),
  committing: () => after(EVENTS.written, EVENTS.begun),
  overtaken: () => after(EVENTS.written, EVENTS.begun, EVENTS.written),
  lost: () => after(EVENTS.failed),
};

test('[W3] the states of a document follow each other as the table of the protocol says', () => {
  const wanted = transitionsOf('A document in memory', Object.keys(STATES), Object.keys(EVENTS));
  for (const [kind, make] of Object.entries(STATES)) {
    expect(make().kind).toBe(kind);
    for (const [name, event] of Object.entries(EVENTS))
      expect(nextWriting(make(), event).kind, `${kind}, ${name}`).toBe(wanted.get(`${kind} ${name}`));
  }
});

test('[W1] each update is committed once and in order, whatever happens between', () => {
  const events = fc.array(fc.constantFrom<WritingEvent['type']>('written', 'behind', 'begun', 'committed'));
  fc.assert(
    fc.property(events, (types) => {
      const committed: number[] = [];
      let [state, count] = [IDLE, 0];
      const step = (event: WritingEvent): void => {
        if (event.type === 'committed')
          committed.push(...(committingOf(state)?.updates ?? []).map(({ bytes }) => bytes[0] ?? -1));
        state = nextWriting(state, event);
      };
      for (const type of types) step(type === 'written' ? written(count++) : EVENTS[type]);
      const pending = [committingOf(state), gatheringOf(state)].flatMap((group) => group?.updates ?? []);
      expect([...committed, ...pending.map(({ bytes }) => bytes[0])]).toEqual(
        Array.from({ length: count }, (_, i) => i),
      );
      while (state.kind !== 'idle') step(EVENTS[state.kind === 'gathering' ? 'begun' : 'committed']);
      expect(committed).toHaveLength(count);
    }),
  );
});
