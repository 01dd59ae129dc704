import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SharedDocument } from './shared-document.ts';
import { WholeDocuments } from './whole-documents.ts';

const SLACK = 10_000;

function document(): { doc: Y.Doc; wholes: WholeDocuments } {
  const doc = new Y.Doc();
  doc.getMap('args').set('a', 'x'.repeat(1_000_000));
  return {
    doc,
    wholes: new WholeDocuments({ doc, settled: () => Promise.resolve() } as unknown as SharedDocument, SLACK),
  };
}
const reader = () => {
  const one = { isBehind: false, fallBehind: () => void (one.isBehind = true) };
  return one;
};

describe('whole documents', () => {
  it('are one for fifty slow readers, also while somebody edits', () => {
    const { doc, wholes } = document();
    const readers = Array.from({ length: 50 }, reader);
    const messages = new Set(
      readers.map((one, index) => {
        doc.getMap('args').set('b', index);
        return wholes.enter(one).message;
      }),
    );
    expect({ messages: messages.size, kept: wholes.count }).toEqual({ messages: 1, kept: 1 });
    for (const one of readers) wholes.leave(one);
    expect(wholes.count).toBe(0);
  });

  it('stay as long as somebody is sent them, also whoever asked twice and is sent one', () => {
    const { doc, wholes } = document();
    const one = reader();
    const first = wholes.enter(one);
    expect(wholes.reuse(one)).toBe(first);
    wholes.leave(one);
    expect(wholes.count).toBe(1);
    doc.getMap('args').set('b', 'x'.repeat(2 * SLACK));
    const second = wholes.enter(one);
    wholes.leave(one, first);
    expect([second === first, wholes.count]).toEqual([false, 1]);
    wholes.leave(one, second);
    expect(wholes.count).toBe(0);
  });

  it('are two at the most, whatever is written meanwhile: who reads the oldest comes again', () => {
    const { doc, wholes } = document();
    const readers = Array.from({ length: 20 }, reader);
    for (const [index, one] of readers.entries()) {
      wholes.enter(one);
      doc.getMap('args').set(`c${index}`, 'x'.repeat(2 * SLACK));
      expect(wholes.count).toBeLessThanOrEqual(2);
    }
    expect(readers.filter(({ isBehind }) => isBehind)).toHaveLength(18);
  });
});
