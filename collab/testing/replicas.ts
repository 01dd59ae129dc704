import * as Y from 'yjs';

/** Copies of one document, as people's browsers hold them. */
export function replicate(doc: Y.Doc, count: number): Y.Doc[] {
  const state = Y.encodeStateAsUpdate(doc);
  return Array.from({ length: count }, (_, i) => {
    const copy = new Y.Doc();
    // Random ids would make a failing run one of its own.
    copy.clientID = i + 101;
    Y.applyUpdate(copy, state, 'network');
    return copy;
  });
}

/** What `to` lacks comes over from `from`. */
export function pull(to: Y.Doc, from: Y.Doc): void {
  Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'network');
}

export function sync(a: Y.Doc, b: Y.Doc): void {
  pull(a, b);
  pull(b, a);
}
