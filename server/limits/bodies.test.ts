import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rooms } from '#server/policies/body-limits.ts';
import { Bodies } from './bodies.ts';

const ROOMS: Rooms = {
  person: { count: 4, bytes: 40 },
  organisation: { count: 6, bytes: 60 },
  address: { count: 4, bytes: 40 },
  strangers: { count: 6, bytes: 60 },
  all: { count: 10, bytes: 100 },
};
const person = (name: string, organisation = 'acme') => ({ person: name, organisation });

describe('bodies under way', () => {
  it('of one person are few and small together, and what is refused is the newest', () => {
    const bodies = new Bodies(ROOMS);
    const own = Array.from({ length: 4 }, () => bodies.enter(person('ada')));
    expect(() => bodies.enter(person('ada'))).toThrow(/Too much is being sent to us at once\. Wait 2 seconds/);
    own[0]?.add(40);
    expect(() => own[1]?.add(1)).toThrow(/Wait 2 seconds/);
    expect(own[0]?.evicted.aborted).toBe(false);
    for (const body of own) body.leave();
    expect(bodies.size).toEqual({ count: 0, bytes: 0 });
  });

  it('that never end make way for those behind the same address', () => {
    const bodies = new Bodies(ROOMS);
    const stuck = Array.from({ length: 4 }, () => bodies.enter({ address: '2001:db8::1' }));
    // A client of IPv6 has 2^64 addresses.
    bodies.enter({ address: '2001:db8::2' });
    expect(stuck.map(({ evicted }) => evicted.aborted)).toEqual([true, false, false, false]);
  });

  it('of many strangers leave room for another, and for people', () => {
    const bodies = new Bodies(ROOMS);
    const flood = [1, 2, 3, 4].flatMap((last) =>
      Array.from({ length: 4 }, () => bodies.enter({ address: `192.0.2.${last}` })),
    );
    const honest = bodies.enter({ address: '198.51.100.1' });
    honest.add(10);
    const ada = bodies.enter(person('ada'));
    ada.add(10);
    expect([honest.evicted.aborted, ada.evicted.aborted]).toEqual([false, false]);
    expect(flood.filter(({ evicted }) => !evicted.aborted).length).toBeLessThanOrEqual(5);
  });

  it('that come quickly do not make way for slow ones, however few of these each has', () => {
    let now = 0;
    const bodies = new Bodies(ROOMS, () => now);
    const quick = ['ada', 'bob'].map((name) => bodies.enter(person(name)));
    const slow = (name: number) => bodies.enter({ person: `p${name}`, organisation: `o${name}` });
    for (const body of quick) body.add(10);
    const few = Array.from({ length: 8 }, (_, name) => slow(name));
    // All are new: two bodies are no more than one, and the slowest makes way, the oldest of them.
    const ninth = slow(8);
    expect(few.map(({ evicted }) => evicted.aborted)).toEqual([true, ...few.slice(1).map(() => false)]);
    now = 2_000;
    ninth.add(20);
    slow(9);
    expect([...quick, ninth].some(({ evicted }) => evicted.aborted)).toBe(false);
  });

  it('that hardly come make way, also for whoever has more', () => {
    let now = 0;
    const rooms = { ...ROOMS, all: { count: 10, bytes: 1e9 }, organisation: { count: 6, bytes: 1e9 } };
    const bodies = new Bodies({ ...rooms, person: { count: 6, bytes: 1e9 } }, () => now);
    const quick = Array.from({ length: 4 }, () => bodies.enter(person('ada')));
    const slow = Array.from({ length: 6 }, (_, name) => bodies.enter({ person: `p${name}`, organisation: `o${name}` }));
    now = 10_000;
    for (const body of quick) body.add(100_000);
    slow[0]?.add(5_000);
    quick.push(bodies.enter(person('ada')));
    expect(quick.some(({ evicted }) => evicted.aborted)).toBe(false);
    expect(slow.map(({ evicted }) => evicted.aborted)).toEqual([false, true, false, false, false, false]);
  });

  it('that are being answered are taken from nobody', () => {
    const bodies = new Bodies(ROOMS);
    const answered = ['a', 'b', 'c'].map((name) => bodies.enter(person(name)));
    for (const body of answered) {
      body.add(20);
      body.arrived();
    }
    expect(() => bodies.enter(person('d')).add(1)).toThrow(/Wait/);
    expect(answered.some(({ evicted }) => evicted.aborted)).toBe(false);
    answered[0]?.leave();
    bodies.enter(person('d')).add(1);
  });

  it('never have more than their rooms, and what is counted is what is there', () => {
    const step = fc.record({
      who: fc.nat(11),
      bytes: fc.nat(30),
      act: fc.constantFrom('enter', 'add', 'leave', 'end'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const bodies = new Bodies(ROOMS);
        const open = new Map<number, { body: ReturnType<Bodies['enter']>; bytes: number; org: number }[]>();
        for (const { who, bytes, act } of steps) {
          const org = who % 3;
          const mine = open.get(who) ?? [];
          open.set(who, mine);
          try {
            if (act === 'enter') mine.push({ body: bodies.enter(person(String(who), String(org))), bytes: 0, org });
            const last = mine.at(-1);
            if (act === 'add' && last) {
              last.body.add(bytes);
              last.bytes += bytes;
            }
            if (act === 'end') last?.body.arrived();
            if (act === 'leave') mine.pop()?.body.leave();
          } catch {
            // Refused: the body is out.
          }
          for (const [name, list] of open)
            open.set(
              name,
              list.filter(({ body }) => !body.evicted.aborted),
            );
          const all = [...open.values()].flat();
          const sum = all.reduce((total, { bytes: more }) => total + more, 0);
          expect(bodies.size).toEqual({ count: all.length, bytes: sum });
          expect(sum <= ROOMS.all.bytes && all.length <= ROOMS.all.count).toBe(true);
          for (let o = 0; o < 3; o += 1) {
            const theirs = all.filter((held) => held.org === o);
            expect(theirs.length).toBeLessThanOrEqual(ROOMS.organisation.count);
            expect(theirs.reduce((total, held) => total + held.bytes, 0)).toBeLessThanOrEqual(ROOMS.organisation.bytes);
          }
        }
      }),
    );
  });
});
