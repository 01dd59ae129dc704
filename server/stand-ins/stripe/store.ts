import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ObjectOf, StripeEvent, StripeObject } from './objects.ts';

/** The version of Stripe's API that events are written in. */
const API_VERSION = '2026-10-28.endive';

export const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;

const saved = z.object({
  objects: z.array(z.looseObject({ id: z.string() })),
  events: z.array(z.looseObject({ id: z.string() })),
});

/** Everything that the stand-in knows, in memory, and in a file where one is named. */
export class Store {
  readonly #objects = new Map<string, StripeObject>();
  readonly #events: StripeEvent[] = [];
  readonly #file: string | null;
  readonly #tell: (event: StripeEvent) => void;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: string | null, tell: (event: StripeEvent) => void) {
    this.#file = file;
    this.#tell = tell;
  }

  async load(): Promise<void> {
    if (this.#file === null) return;
    const text = await readFile(this.#file, 'utf8').catch(() => null);
    const read = text === null ? null : saved.safeParse(JSON.parse(text));
    if (!read?.success) return;
    // Written by this class.
    for (const object of read.data.objects) this.#objects.set(object.id, object as unknown as StripeObject);
    this.#events.push(...(read.data.events as unknown as StripeEvent[]));
  }

  get(id: string): StripeObject | null {
    return this.#objects.get(id) ?? null;
  }

  find<Type extends StripeObject['object']>(type: Type, id: string | null | undefined): ObjectOf<Type> | null {
    const found = id ? this.#objects.get(id) : undefined;
    return found?.object === type ? (found as ObjectOf<Type>) : null;
  }

  /** The newest first. */
  list<Type extends StripeObject['object']>(type: Type): ObjectOf<Type>[] {
    return [...this.#objects.values()].filter((one): one is ObjectOf<Type> => one.object === type).toReversed();
  }

  events(): readonly StripeEvent[] {
    return this.#events.toReversed();
  }

  /** Keeps an object as it is now, and tells those who listen; silently without a type. */
  put<One extends StripeObject>(object: One, type?: string): One {
    this.#objects.set(object.id, object);
    if (type !== undefined) {
      const event: StripeEvent = {
        id: newId('evt'),
        object: 'event',
        api_version: API_VERSION,
        created: now(),
        type,
        livemode: false,
        pending_webhooks: 1,
        data: { object: structuredClone(object) },
      };
      this.#events.push(event);
      this.#tell(event);
    }
    this.#save();
    return object;
  }

  settled(): Promise<void> {
    return this.#writing;
  }

  #save(): void {
    const file = this.#file;
    if (file === null) return;
    const text = JSON.stringify({ objects: [...this.#objects.values()], events: this.#events.slice(-2000) });
    this.#writing = this.#writing
      .then(async () => {
        await writeFile(`${file}.new`, text, { mode: 0o600 });
        await rename(`${file}.new`, file);
      })
      .catch(() => undefined);
  }
}

/** Seconds, as Stripe counts time. */
export const now = (): number => Math.floor(Date.now() / 1000);
