import { describe, expect, it, onTestFinished } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { idOf } from '#core/requests/ids.ts';
import { Presence } from './presence.ts';
import { Speakers } from './speakers.ts';

const ADA = { id: idOf('user', 'ada'), name: 'Ada' };
const BEN = { id: idOf('user', 'ben'), name: 'Ben' };
const FORMULA = idOf('formula', 'formula');

/** A client that shows something. */
function client(id: number) {
  const doc = new Y.Doc();
  doc.clientID = id;
  const awareness = new Awareness(doc);
  onTestFinished(() => awareness.destroy());
  return {
    show: (state: Record<string, unknown> | null) => {
      awareness.setLocalState(state);
      return encodeAwarenessUpdate(awareness, [id]);
    },
  };
}

/** What somebody sees who is sent everything. */
function seen(presence: Presence<string>): Record<string, unknown> {
  const awareness = new Awareness(new Y.Doc());
  applyAwarenessUpdate(awareness, presence.encodeAll(), null);
  const others = [...awareness.getStates()].filter(([id]) => id !== awareness.clientID);
  awareness.destroy();
  return Object.fromEntries(others);
}

describe('presence of two servers [M3]', () => {
  const setUp = () => ({
    here: new Presence<string>(FORMULA),
    there: new Presence<string>(FORMULA),
    ada: client(1),
    ben: client(2),
  });
  const cross = (from: Presence<string>, to: Presence<string>, now = 0): void => {
    const update = from.takeChangesHere();
    if (update) to.adopt(update, now);
  };

  it('crosses once, stamped by the server that the person is at', () => {
    const { here, there, ada } = setUp();
    here.receive('socket', ADA, ada.show({ cursor: 1, user: BEN }), 1000);
    cross(here, there);
    expect(seen(there)).toEqual({ 1: { cursor: 1, user: ADA } });
    expect(here.takeChangesHere()).toBeNull();
    expect(there.takeChangesHere()).toBeNull();
    here.repeatHere();
    expect(here.takeChangesHere()).not.toBeNull();
    here.leave('socket');
    cross(here, there);
    there.takeChanges();
    expect(seen(there)).toEqual({});
  });

  it('lets nobody on another server speak for a socket here, nor a socket for somebody there', () => {
    const { here, there, ada, ben } = setUp();
    here.receive('socket', ADA, ada.show({ cursor: 1 }), 1000);
    there.receive('forger', BEN, ada.show({ cursor: 2 }), 1000);
    cross(there, here);
    expect(seen(here)).toEqual({ 1: { cursor: 1, user: ADA } });
    there.receive('other', BEN, ben.show({ cursor: 3 }), 1000);
    cross(there, here);
    here.receive('second socket', ADA, ben.show({ cursor: 4 }), 1000);
    expect(seen(here)).toMatchObject({ 2: { cursor: 3, user: BEN } });
    // Ben himself comes over when his server is gone.
    here.receive('third socket', BEN, ben.show({ cursor: 5 }), 1000);
    expect(seen(here)).toMatchObject({ 2: { cursor: 5, user: BEN } });
  });

  it('forgets whom nothing was heard of, and those here never', () => {
    const { here, there, ada, ben } = setUp();
    there.receive('socket', BEN, ben.show({ cursor: 1 }), 1000);
    cross(there, here, 5_000);
    here.receive('socket', ADA, ada.show({ cursor: 2 }), 1000);
    here.takeChanges();
    expect(here.forget(5_000)).toBe(false);
    expect(here.forget(5_001)).toBe(true);
    here.takeChanges();
    expect(seen(here)).toEqual({ 1: { cursor: 2, user: ADA } });
    there.repeatHere();
    cross(there, here, 6_000);
    expect(seen(here)).toHaveProperty('2');
  });
});

it('keeps a client id for its person also when nobody has had the document open meanwhile [P1]', () => {
  const speakers = new Speakers();
  const ada = client(1);
  new Presence<string>(FORMULA, speakers).receive('line', ADA, ada.show({ cursor: 1 }), 1000);
  const later = new Presence<string>(FORMULA, speakers);
  later.receive('line of Ben', BEN, ada.show({ cursor: 2 }), 1000);
  expect(seen(later)).toEqual({});
  const other = new Presence<string>(idOf('formula', 'another formula'), speakers);
  other.receive('line of Ben', BEN, ada.show({ cursor: 2 }), 1000);
  expect(seen(other)).toEqual({ 1: { cursor: 2, user: BEN } });
});

it('keeps a client id for its person while they are away, and lets them come back with it [P1]', () => {
  const presence = new Presence<string>(FORMULA);
  const ada = client(1);
  presence.receive('first line', ADA, ada.show({ cursor: 1 }), 1000);
  presence.leave('first line');
  presence.takeChanges();
  presence.receive('line of Ben', BEN, ada.show({ cursor: 2 }), 1000);
  expect(seen(presence)).toEqual({});
  presence.receive('second line', ADA, ada.show({ cursor: 3 }), 1000);
  expect(seen(presence)).toEqual({ 1: { cursor: 3, user: ADA } });
});
