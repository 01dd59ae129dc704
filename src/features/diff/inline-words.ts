import { byWords } from '#core/diff/report/code-rows.ts';

/** A stretch of a text that was, that is, or that both have. */
export interface Word {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Two texts as one: what is gone stands before what has come in its place. */
export function inlineWords(before: string, after: string): readonly Word[] {
  const [was, is] = byWords(before, after).map((stretches) => [...stretches]);
  const words: Word[] = [];
  for (let [a, b] = [was?.shift(), is?.shift()]; a || b;) {
    if (a?.isOwn) {
      words.push({ kind: 'removed', text: a.text });
      a = was?.shift();
    } else if (b?.isOwn || !a) {
      if (b) words.push({ kind: 'added', text: b.text });
      b = is?.shift();
    } else {
      // Both say the same here, though what follows may cut it at another place.
      const length = Math.min(a.text.length, b?.text.length ?? a.text.length);
      words.push({ kind: 'same', text: a.text.slice(0, length) });
      a = a.text.length > length ? { ...a, text: a.text.slice(length) } : was?.shift();
      b = b && b.text.length > length ? { ...b, text: b.text.slice(length) } : is?.shift();
    }
  }
  return words;
}
