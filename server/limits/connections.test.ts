import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionRoom, type ConnectionRoom } from '#server/policies/connection-limits.ts';
import { Connections } from './connections.ts';

const ROOM: ConnectionRoom = { all: 8, perAddress: 4, upgraded: 3 };

function crowd(room = ROOM) {
  const connections = new Connections(room);
  const ended: string[] = [];
  const enter = (key: string, name = key, isProxy = false) =>
    connections.enter(key, isProxy, () => void ended.push(name));
  return { connections, ended, enter };
}

describe('connections', () => {
  it('of one address are few, and the one that has waited longest makes way', () => {
    const { ended, enter } = crowd();
    const first = enter('a', 'a0');
    for (const name of ['a1', 'a2', 'a3']) enter('a', name);
    first?.waits(false);
    enter('a', 'a4');
    expect(ended).toEqual(['a1']);
    first?.waits(true);
    for (const name of ['a5', 'a6', 'a7', 'a8']) enter('a', name);
    expect(ended).toEqual(['a1', 'a2', 'a3', 'a4', 'a0']);
  });

  it('of a proxy are bounded in all only', () => {
    const { connections, ended, enter } = crowd();
    for (let i = 0; i < 9; i += 1) enter('proxy', `p${i}`, true);
    expect([connections.size.all, ended]).toEqual([8, ['p0']]);
  });

  it('in all: whoever has most gives', () => {
    const { ended, enter } = crowd();
    enter('honest');
    for (const key of ['a', 'a', 'a', 'b', 'b', 'c', 'd', 'e']) enter(key);
    expect(ended).toEqual(['a']);
  });

  it('that are being answered make way for nobody: the newest is refused', () => {
    const { connections, ended, enter } = crowd();
    for (let i = 0; i < 4; i += 1) enter('a')?.waits(false);
    expect(enter('a')).toBeNull();
    for (let i = 0; i < 4; i += 1) enter('b')?.waits(false);
    expect(enter('c')).toBeNull();
    expect([connections.size.all, ended]).toEqual([8, []]);
  });

  it('that are websockets are counted in all, and leave room for requests', () => {
    const { connections, ended, enter } = crowd();
    const sockets = Array.from({ length: 4 }, () => enter('a'));
    expect(sockets.map((held) => held?.upgrade())).toEqual([true, true, true, false]);
    for (let i = 0; i < 6; i += 1) enter('b', `b${i}`);
    expect(ended).toEqual(['b0', 'b1']);
    for (const held of sockets) held?.leave();
    expect(connections.size).toEqual({ all: 4, upgraded: 0 });
  });

  it('never are more than there is room for, and what is counted is what is there', () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'proxy'),
      act: fc.constantFrom('enter', 'enter', 'answer', 'wait', 'upgrade', 'leave'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const connections = new Connections(ROOM);
        type Open = { key: string; held: ReturnType<Connections['enter']>; busy: boolean; upgraded: boolean };
        const open = new Set<Open>();
        for (const { key, act } of steps) {
          const mine = [...open].filter((one) => one.key === key && !one.upgraded).at(-1);
          if (act === 'enter') {
            const one: Open = { key, held: null, busy: false, upgraded: false };
            one.held = connections.enter(key, key === 'proxy', () => {
              expect([one.busy, one.upgraded]).toEqual([false, false]);
              open.delete(one);
            });
            if (one.held) open.add(one);
          } else if (mine) {
            if (act === 'leave') open.delete(mine);
            if (act === 'leave') mine.held?.leave();
            if (act === 'upgrade') mine.upgraded = mine.held?.upgrade() ?? false;
            if (act === 'answer' || act === 'wait') mine.busy = act === 'answer';
            if (act === 'answer' || act === 'wait') mine.held?.waits(mine.busy);
            if (act === 'answer' || act === 'wait') mine.held?.waits(!mine.busy);
          }
          const upgraded = [...open].filter((one) => one.upgraded).length;
          expect(connections.size).toEqual({ all: open.size, upgraded });
          expect(open.size <= ROOM.all && upgraded <= ROOM.upgraded).toBe(true);
          const ofA = [...open].filter((one) => one.key === 'a' && !one.upgraded);
          expect(ofA.length).toBeLessThanOrEqual(ROOM.perAddress);
        }
      }),
    );
  });

  it('leave files for the rest of the process', () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 1e6 }), (files) => {
        const { all, perAddress, upgraded } = connectionRoom(files);
        expect(all).toBeLessThanOrEqual(Math.max(files / 2, files - 256));
        expect(perAddress < all && upgraded < all).toBe(true);
      }),
    );
    expect(connectionRoom(Infinity)).toEqual({ all: 10_000, perAddress: 1_024, upgraded: 7_500 });
  });
});
