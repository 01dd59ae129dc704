import * as Y from 'yjs';
import { encodeSync, SYNC } from '#collab/messages.ts';
import type { SharedDocument } from './shared-document.ts';

/** A document as one message, and what of it is in the message. */
export interface Whole {
  readonly message: Uint8Array;
  readonly has: ReadonlyMap<number, number>;
  /** Resolves once all that is in it is committed (W2). */
  readonly settled: Promise<void>;
}

interface Kept extends Whole {
  readonly vector: Uint8Array;
  /** How often each is to be sent it. */
  readonly readers: Map<Reader, number>;
}

interface Reader {
  fallBehind(): void;
}

/** As many of a large document are in memory at once, however many read them, and however slowly. */
const MOST = 2;

/**
 * What is sent to those who lack more of a document than is queued for a reader (B3): all of them share one message,
 * also when it is a little older than the document; the little is sent behind it. Who reads so slowly that two newer
 * ones were needed meanwhile has to come again.
 */
export class WholeDocuments {
  readonly #document: SharedDocument;
  /** Bytes that a reader may lack behind what it is sent. */
  readonly #slack: number;
  #kept: Kept[] = [];

  constructor(document: SharedDocument, slack: number) {
    this.#document = document;
    this.#slack = slack;
  }

  get count(): number {
    return this.#kept.length;
  }

  /** Stays in memory until the reader leaves as often as it entered, or is forgotten. */
  enter(reader: Reader): Whole {
    return this.reuse(reader) ?? add(this.#make(), reader);
  }

  /** The text that is in memory for others, when it is new enough: this costs nothing to write. */
  reuse(reader: Reader): Whole | null {
    const last = this.#kept.at(-1);
    return last && Y.encodeStateAsUpdate(this.#document.doc, last.vector).length <= this.#slack
      ? add(last, reader)
      : null;
  }

  /** The reader is not sent `whole`, by default the newest that it entered; another time of entering still counts. */
  leave(reader: Reader, whole?: Whole): void {
    const kept = this.#kept.findLast((one) => (whole ? one === whole : one.readers.has(reader)));
    const times = (kept?.readers.get(reader) ?? 0) - 1;
    if (times > 0) kept?.readers.set(reader, times);
    else kept?.readers.delete(reader);
    this.#clear();
  }

  /** The reader is gone, or has taken what it was sent. */
  forget(reader: Reader): void {
    for (const { readers } of this.#kept) readers.delete(reader);
    this.#clear();
  }

  #clear(): void {
    this.#kept = this.#kept.filter(({ readers }) => readers.size > 0);
  }

  #make(): Kept {
    const { doc } = this.#document;
    const vector = Y.encodeStateVector(doc);
    const whole: Kept = {
      message: encodeSync(SYNC.step2, Y.encodeStateAsUpdate(doc)),
      vector,
      has: Y.decodeStateVector(vector),
      settled: this.#document.settled(),
      readers: new Map(),
    };
    // The document may be lost before anybody waits for it.
    whole.settled.catch(() => undefined);
    const oldest = this.#kept.length >= MOST ? this.#kept.shift() : undefined;
    this.#kept.push(whole);
    for (const reader of oldest?.readers.keys() ?? []) reader.fallBehind();
    return whole;
  }
}

function add(whole: Kept, reader: Reader): Whole {
  whole.readers.set(reader, (whole.readers.get(reader) ?? 0) + 1);
  return whole;
}
