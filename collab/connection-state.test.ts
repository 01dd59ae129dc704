import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canEditIn, nextState, statusOf, type ConnectionEvent, type ConnectionState } from './connection-state.ts';

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

test('the states follow each other as the table of the protocol says', () => {
  const section = readFileSync('server/realtime/PROTOCOL.md', 'utf8').split("A client's connection")[1] ?? '';
  const rows = [...(section.split("A client's replica")[0] ?? '').matchAll(/^\| (.+?) \| (.+?) \| (.+?) \|$/gm)];
  const wanted = new Map<string, string>();
  for (const [, from = '', what = '', to = ''] of rows.filter(([, from]) => from !== 'state'))
    for (const kind of from === 'any' ? KINDS : from.split(', '))
      for (const name of what.matchAll(/\b(synced|lost|access|refused|closed|outdated|retry)\b(?= |:)/g))
        wanted.set(`${kind} ${name[0]}`, to.startsWith('the same') ? kind : to);
  expect(new Set([...wanted.keys()].map((key) => key.split(' ')[1]))).toEqual(new Set(Object.keys(EVENTS)));
  for (const kind of KINDS)
    for (const [name, event] of Object.entries(EVENTS))
      expect(nextState(stateOf(kind), event).kind, `${kind}, ${name}`).toBe(wanted.get(`${kind} ${name}`) ?? kind);
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
