import * as decoding from 'lib0/decoding';
import { BOUNDS } from './bounds.ts';

/** What an update puts into memory. */
export interface Weight {
  readonly bytes: number;
  /** Changes and ranges of deletions. */
  readonly pieces: number;
  /** Values within lists and objects: two bytes can stand for an empty object, which has sixty in memory. */
  readonly values: number;
}

export const NO_WEIGHT: Weight = { bytes: 0, pieces: 0, values: 0 };

export const addWeights = (a: Weight, b: Weight): Weight => ({
  bytes: a.bytes + b.bytes,
  pieces: a.pieces + b.pieces,
  values: a.values + b.values,
});

/** What is wrong with the bytes of an update. `kind` says whether they could be made readable by leaving out values. */
export type Scan =
  { readonly kind: 'fine' } | { readonly kind: 'tooDeep' | 'tooMany' | 'unreadable'; readonly reason: string };

interface Scanned {
  /** From where to where in the bytes values are nested too deeply. */
  readonly deep: readonly (readonly [from: number, to: number])[];
  readonly weight: Weight;
}

/** The numbers of Yjs' update format, version 1. */
const GC = 0;
const SKIP = 10;
const CONTENT = { deleted: 1, json: 2, binary: 3, string: 4, embed: 5, format: 6, type: 7, any: 8, doc: 9 } as const;
const ANY = {
  undefined: 127,
  null: 126,
  integer: 125,
  float32: 124,
  float64: 123,
  bigint: 122,
  false: 121,
  true: 120,
  string: 119,
  object: 118,
  array: 117,
  bytes: 116,
} as const;
const KEYED_TYPES: ReadonlySet<number> = new Set([3, 5]);
const NULL = Uint8Array.of(ANY.null);

/**
 * Looks through an update, counting instead of calling itself: whatever it holds, the stack stays as it is. Yjs reads a
 * value by calling itself for each level, so whether it can read one depends on the stack of the moment.
 */
export function scanUpdate(update: Uint8Array): Scan {
  try {
    const { deep, weight } = new Scanner(update).run();
    if (deep.length > 0)
      return { kind: 'tooDeep', reason: `A value has at most ${BOUNDS.depth} lists and objects within one another.` };
    for (const [count, most, what] of [
      [weight.pieces, BOUNDS.pieces, 'pieces'],
      [weight.values, BOUNDS.values, 'values within lists and objects'],
    ] as const)
      if (count > most)
        return { kind: 'tooMany', reason: `An update has at most ${most.toLocaleString('en')} ${what}.` };
    return { kind: 'fine' };
  } catch {
    return { kind: 'unreadable', reason: 'The update can not be read.' };
  }
}

/** What an update weighs; null for what is none. */
export function weightOf(update: Uint8Array): Weight | null {
  try {
    return new Scanner(update).run().weight;
  } catch {
    return null;
  }
}

/**
 * The same update with null for each value that is nested too deeply, and what it weighs. Throws for what is no update.
 */
export function withoutDeepValues(update: Uint8Array): { readonly update: Uint8Array; readonly weight: Weight } {
  const { deep, weight } = new Scanner(update).run();
  if (deep.length === 0) return { update, weight };
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const [from, to] of deep) {
    parts.push(update.subarray(at, from), NULL);
    at = to;
  }
  parts.push(update.subarray(at));
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return { update: whole, weight };
}

class Scanner {
  readonly #in: decoding.Decoder;
  readonly #deep: (readonly [number, number])[] = [];
  #values = 0;

  constructor(update: Uint8Array) {
    this.#in = decoding.createDecoder(update);
  }

  run(): Scanned {
    let pieces = 0;
    for (let clients = this.#number(); clients > 0; clients -= 1) {
      let structs = this.#number();
      this.#number();
      this.#number();
      for (; structs > 0; structs -= 1, pieces += 1) this.#struct();
    }
    for (let clients = this.#number(); clients > 0; clients -= 1) {
      this.#number();
      let ranges = this.#number();
      for (; ranges > 0; ranges -= 1, pieces += 1) {
        this.#number();
        this.#number();
      }
    }
    return { deep: this.#deep, weight: { bytes: this.#in.arr.length, pieces, values: this.#values } };
  }

  #struct(): void {
    const info = decoding.readUint8(this.#in);
    const kind = info & 31;
    if (kind === GC || kind === SKIP) return void this.#number();
    if (info & 128) this.#id();
    if (info & 64) this.#id();
    if ((info & 192) === 0) {
      if (this.#number() === 1) this.#bytes();
      else this.#id();
      if (info & 32) this.#bytes();
    }
    this.#content(kind);
  }

  #content(kind: number): void {
    switch (kind) {
      case CONTENT.deleted:
        return void this.#number();
      case CONTENT.any:
        for (let values = this.#number(); values > 0; values -= 1) this.#value();
        return;
      case CONTENT.type:
        if (KEYED_TYPES.has(this.#number())) this.#bytes();
        return;
      case CONTENT.string:
      case CONTENT.binary:
        return this.#bytes();
      default:
        // Texts in JSON, documents in documents: no formula has them, and JSON would be read by who calls himself.
        throw new Error('There is no such content.');
    }
  }

  #value(): void {
    const from = this.#in.pos;
    // Of each list and object that is open: how many values are left, and whether each has a name.
    const open: { left: number; readonly isObject: boolean }[] = [];
    let isDeep = false;
    do {
      const parent = open.at(-1);
      if (parent) {
        parent.left -= 1;
        this.#values += 1;
        if (parent.isObject) this.#bytes();
      }
      const kind = decoding.readUint8(this.#in);
      if (kind === ANY.object || kind === ANY.array) {
        open.push({ left: this.#number(), isObject: kind === ANY.object });
        isDeep ||= open.length > BOUNDS.depth;
      } else this.#scalar(kind);
      while (open.at(-1)?.left === 0) open.pop();
    } while (open.length > 0);
    if (isDeep) this.#deep.push([from, this.#in.pos]);
  }

  #scalar(kind: number): void {
    switch (kind) {
      case ANY.undefined:
      case ANY.null:
      case ANY.false:
      case ANY.true:
        return;
      case ANY.integer:
        return void decoding.readVarInt(this.#in);
      case ANY.float32:
        return this.#skip(4);
      case ANY.float64:
      case ANY.bigint:
        return this.#skip(8);
      case ANY.string:
      case ANY.bytes:
        return this.#bytes();
      default:
        throw new Error('There is no such value.');
    }
  }

  readonly #number = (): number => decoding.readVarUint(this.#in);

  #id(): void {
    this.#number();
    this.#number();
  }

  #bytes(): void {
    this.#skip(this.#number());
  }

  #skip(length: number): void {
    if (this.#in.pos + length > this.#in.arr.length) throw new Error('The update ends too early.');
    this.#in.pos += length;
  }
}
