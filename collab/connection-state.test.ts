import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canEditIn, nextState, statusOf, type ConnectionEvent, type ConnectionState } from './connection-state.ts';
import { transitionsOf } from './testing/protocol-table.ts';

const refusal = { code: 'TOO_LARGE', message: 'Too large.' };
const KINDS = ['connecting', 'online', 'offline', 'ended'] as const;
const stateOf = (kind: ConnectionState['kind']): ConnectionState =>
  kind === 'ended' ? { kind, refusal } : { kind, canEdit: true, refusal: null };
const EVENTS: Readonly<Record<string, ConnectionEvent>> = {
  synced: { type: 'synced' },
  lost: { type: 'lost' },
  access: { type: 'access', canEdit: false },
  refused: { type: 'refused', refusal },
  closed: { type: 'closed', code: 4404, reason: 'Gone.' },
  outdated: { type: 'outdated' },
  retry: { type: 'retry' },
};

test('the states of a connection follow each other as the table of the protocol says', () => {
  const wanted = transitionsOf("A client's connection", KINDS, Object.keys(EVENTS));
  for (const kind of KINDS)
    for (const [name, event] of Object.entries(EVENTS))
      expect(nextState(stateOf(kind), event).kind, `${kind}, ${name}`).toBe(wanted.get(`${kind} ${name}`));
});

const events = fc.array(fc.constantFrom<ConnectionEvent>(...Object.values(EVENTS), { type: 'access', canEdit: true }));

test('whatever happens: saved only online, with nothing unsaved; nobody edits on a connection that has ended', () => {
  fc.assert(
    fc.property(events, fc.nat(3), (all, unsaved) => {
      const state = all.reduce(nextState, stateOf('connecting'));
      const status = statusOf(state, unsaved);
      if (status.saved === 'saved') expect([status.connection, unsaved]).toEqual(['online', 0]);
      if (status.saved === 'saving') expect([status.canEdit, status.refusal]).toEqual([true, undefined]);
      if (state.kind === 'ended') expect([canEditIn(state), status.connection]).toEqual([false, 'offline']);
    }),
  );
});
