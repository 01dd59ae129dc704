import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { DocumentMemory, memoryOf } from './document-memory.ts';

const MOST = { documents: 40, memory: 1_000_000, share: 0.25 };

describe('the memory of documents', () => {
  it('is never beyond its bound, nor an organisation beyond its share unless with one document, whatever is asked for', () => {
    const asked = fc.array(
      fc.record({
        org: fc.integer({ min: 0, max: 5 }),
        memory: fc.integer({ min: 1, max: 400_000 }),
        gone: fc.boolean(),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(asked, (steps) => {
        const memory = new DocumentMemory(MOST);
        const held: { org: string; memory: number }[] = [];
        for (const { org: number, memory: bytes, gone } of steps) {
          const org = `org${number}`;
          const first = gone ? held.shift() : undefined;
          if (first) memory.add(idOf('organisation', first.org), { documents: -1, memory: -first.memory });
          if (memory.lacks(idOf('organisation', org), { documents: 1, memory: bytes })) continue;
          memory.add(idOf('organisation', org), { documents: 1, memory: bytes });
          held.push({ org, memory: bytes });
          const own = held.filter((one) => one.org === org);
          const sum = own.reduce((all, one) => all + one.memory, 0);
          expect(memory.used).toEqual({
            documents: held.length,
            memory: held.reduce((all, one) => all + one.memory, 0),
          });
          expect(memory.used.memory).toBeLessThanOrEqual(MOST.memory);
          expect(own.length).toBeLessThanOrEqual(10);
          expect(own.length === 1 || sum <= MOST.memory * MOST.share).toBe(true);
        }
      }),
    );
  });

  it('gives an equal part to whoever asks for no more, however many others hold as much as they can', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ org: fc.nat(30), memory: fc.integer({ min: 1, max: 100_000 }) }), { maxLength: 120 }),
        fc.integer({ min: 1, max: 200_000 }),
        (asked, wanted) => {
          const memory = new DocumentMemory(MOST);
          const held = new Map<string, number[]>();
          for (const { org, memory: bytes } of asked) {
            if (memory.lacks(idOf('organisation', `${org}`), { documents: 1, memory: bytes })) continue;
            memory.add(idOf('organisation', `${org}`), { documents: 1, memory: bytes });
            held.set(`${org}`, [...(held.get(`${org}`) ?? []), bytes]);
          }
          const part = 1 / (held.size + 1);
          const more = { documents: 1, memory: wanted };
          const isEqualPart = wanted <= MOST.memory * part && 1 <= MOST.documents * part;
          while (memory.lacks(idOf('organisation', 'honest'), more)) {
            const gives = memory.whoGives(idOf('organisation', 'honest'), more);
            if (gives === null) return expect(isEqualPart).toBe(false);
            const bytes = held.get(gives)?.pop() ?? 0;
            memory.add(gives, { documents: -1, memory: -bytes });
          }
        },
      ),
    );
  });

  it('counts what is small in bytes and large in memory', () => {
    const bytes = 1_000_000;
    const objects = memoryOf({ bytes, pieces: 0, values: bytes / 2 });
    const pieces = memoryOf({ bytes, pieces: bytes / 10, values: 0 });
    expect(objects).toBeGreaterThan(30 * bytes);
    expect(pieces).toBeGreaterThan(40 * bytes);
  });
});
