import type * as Y from 'yjs';
import { LONGEST_NOTE, LONGEST_TITLE } from '#core/formula/model/annotations.ts';
import { rootsOf } from './document-roots.ts';
import { mergeText } from './merge-text.ts';

/** Of what this client has written: the item, and the text. */
interface Written {
  readonly item: string;
  readonly text: string;
}

/** What this client has written in one place, from what was there before on. */
interface History {
  readonly before: string;
  readonly written: readonly Written[];
}

/** A history of more texts than these forgets the oldest. */
const MOST_WRITTEN = 50;

const LONGEST: Readonly<Record<string, number>> = { text: LONGEST_NOTE, title: LONGEST_TITLE };

/**
 * Two people write the text of one note, or the title of one frame, and neither has seen what the other wrote: the
 * register (rule G1) takes one of the two. The client whose text gave way writes both joined. `mayWrite`: whether the
 * person may edit at that moment. Gives what ends it.
 */
export function joinTexts(doc: Y.Doc, mayWrite: () => boolean): () => void {
  const { frames, notes } = rootsOf(doc);
  const own = new Map<Y.Map<unknown>, Map<string, History>>([
    [frames, new Map()],
    [notes, new Map()],
  ]);
  const origin = Symbol('joined texts');
  const look = (event: Y.YMapEvent<unknown>, transaction: Y.Transaction): void => {
    const map = event.target;
    const histories = own.get(map);
    if (!histories || transaction.origin === origin) return;
    for (const [key, change] of event.changes.keys) {
      const longest = LONGEST[key.slice(key.lastIndexOf('/') + 1)];
      const item = map._map.get(key);
      if (longest === undefined || !item) continue;
      const [now, old] = [map.get(key), change.oldValue as unknown];
      if (transaction.local) {
        if (typeof now === 'string') remember(histories, key, { item: nameOf(item.id), text: now }, textOf(old));
        continue;
      }
      const history = histories.get(key);
      histories.delete(key);
      const mine = history?.written.at(-1);
      if (!history || !mine || mine.text !== old || typeof now !== 'string') continue;
      const saw = item.origin && nameOf(item.origin);
      // Whoever wrote this had read what was written here.
      if (saw === mine.item) continue;
      const base = history.written.find((each) => each.item === saw)?.text ?? history.before;
      const joined = mergeText(base, now, mine.text).slice(0, longest);
      if (joined === now || !mayWrite()) continue;
      // Not within the transaction that brought the other text: that one is the other's.
      queueMicrotask(() => {
        if (map.get(key) === now) doc.transact(() => map.set(key, joined), origin);
      });
    }
  };
  frames.observe(look);
  notes.observe(look);
  return () => {
    frames.unobserve(look);
    notes.unobserve(look);
  };
}

const nameOf = ({ client, clock }: Y.ID): string => `${client}:${clock}`;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function remember(histories: Map<string, History>, key: string, written: Written, before: string): void {
  const known = histories.get(key);
  histories.set(key, {
    before: known?.before ?? before,
    written: [...(known?.written ?? []), written].slice(-MOST_WRITTEN),
  });
}
