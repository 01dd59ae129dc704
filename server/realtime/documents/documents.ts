import { setImmediate as immediate } from 'node:timers/promises';
import { NO_WEIGHT, type Weight } from '#collab/scan-update.ts';
import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import { requireOpenable } from '#server/compute/formula/read-stored.ts';
import type { Log } from '#server/observability/log.ts';
import type { Limits } from '../limits.ts';
import { DocumentMemory, memoryOf, type Lack } from './document-memory.ts';
import type { DocumentId, DocumentStore } from './document-store.ts';
import { LoadTurns } from './load-turns.ts';
import { SharedDocument } from './shared-document.ts';
import { Upkeep, type Kept } from './upkeep.ts';

const NO_ROOM: Readonly<Record<Lack | 'gives' | 'turns', string>> = {
  server: 'The server has as many strategies open as it has memory for. Try again in a moment.',
  organisation:
    'Your organisation has as many, or as large strategies open as one organisation may. Close some, or try again in a moment.',
  gives: 'Others need room, and your organisation has most strategies open. Close some, or try again in a moment.',
  turns: 'Your organisation opens very many strategies at once. Try again in a moment.',
};

/** Thrown, in words for the person, when there is no room in memory and all documents are in use. */
export class TooManyDocuments extends Error {
  constructor(lack: keyof typeof NO_ROOM) {
    super(NO_ROOM[lack]);
  }
}

interface Held extends Kept {
  /** Set as soon as it is held. */
  loading: Promise<SharedDocument>;
  holders: number;
  /** Counts up with each document that somebody opens whom nobody had open. */
  since: number;
  timer: NodeJS.Timeout | undefined;
  /** Bytes that are counted for it; null when it is not counted any more. */
  memory: number | null;
}

/** A document that stays in memory until it is given back. */
export interface Lease {
  readonly document: SharedDocument;
  /** Why the memory does not do for so much more; null when it does. */
  lacks(weight: Weight): string | null;
  release(): void;
}

interface Options {
  readonly store: DocumentStore;
  readonly limits: Limits;
  readonly log: Log;
  /** Told how many updates were committed, and how long each took to reach everybody, in milliseconds. */
  readonly metrics: { committed(updates: number): void; broadcast(time: number): void };
  onCommit(formulaId: FormulaId, sequence: number): void;
}

/** The documents in memory, each loaded once, however many ask for it at once. */
export class Documents {
  readonly #held = new Map<FormulaId, Held>();
  readonly #upkeep: Upkeep;
  readonly #memory: DocumentMemory;
  readonly #turns: LoadTurns;
  readonly #options: Options;
  #opened = 0;

  constructor(options: Options) {
    this.#options = options;
    const { documents, memory, share, loadsAtOnce, loadsWaiting } = options.limits;
    this.#memory = new DocumentMemory({ documents, memory, share });
    this.#turns = new LoadTurns({ atOnce: loadsAtOnce, waiting: loadsWaiting });
    this.#upkeep = new Upkeep(options);
  }

  /** About how many bytes all documents have. */
  get bytes(): number {
    return this.#memory.used.memory;
  }

  get(formulaId: FormulaId): SharedDocument | null {
    return this.#held.get(formulaId)?.document ?? null;
  }

  all(): SharedDocument[] {
    return [...this.#held.values()].flatMap(({ document }) => document ?? []);
  }

  /**
   * `pay` is asked before a document is loaded, with the bytes that are stored of it: it resolves once the opener has
   * paid for them.
   */
  async open(id: DocumentId, pay: (bytes: number) => Promise<void> = () => Promise.resolve()): Promise<Lease> {
    let bytes = 0;
    if (!this.#known(id)) {
      bytes = await this.#options.store.sizeOf(id);
      await pay(bytes);
    }
    const held = this.#known(id) ?? this.#load(id, bytes);
    if (held.holders === 0) held.since = this.#opened += 1;
    held.holders += 1;
    clearTimeout(held.timer);
    let isHeld = true;
    const release = (): void => {
      if (!isHeld) return;
      isHeld = false;
      held.holders -= 1;
      if (held.holders === 0) this.#idle(held);
    };
    try {
      const document = await held.loading;
      return { document, release, lacks: (weight) => this.#lacks(held, memoryOf(weight) - memoryOf(NO_WEIGHT)) };
    } catch (error) {
      release();
      throw error;
    }
  }

  #known({ formulaId }: DocumentId): Held | null {
    const known = this.#held.get(formulaId);
    return known && !known.document?.isLost ? known : null;
  }

  #load(id: DocumentId, bytes: number): Held {
    const lost = this.#held.get(id.formulaId);
    if (lost) this.#forget(lost);
    const held: Held = {
      id,
      loading: Promise.reject(new Error('It is not loaded yet.')),
      document: null,
      holders: 0,
      since: 0,
      updates: 0,
      isCompacting: false,
      timer: undefined,
      memory: null,
      lookAt: this.#options.limits.piecesToRebase,
    };
    held.loading.catch(() => undefined);
    held.loading = this.#fetch(held, bytes);
    held.loading.catch(() => this.#forget(held));
    this.#held.set(id.formulaId, held);
    return held;
  }

  /**
   * In turns, and each in a turn of its own of the thread: whoever waits for something else waits for one document at
   * the most.
   */
  async #fetch(held: Held, bytes: number): Promise<SharedDocument> {
    const { id } = held;
    const { store, metrics } = this.#options;
    const end = await this.#turns.take(id.orgId, memoryOf({ ...NO_WEIGHT, bytes }));
    if (!end) throw new TooManyDocuments('turns');
    try {
      this.#reserve(held, memoryOf({ ...NO_WEIGHT, bytes }));
      const loaded = await store.load(id);
      requireOpenable(loaded.weight);
      this.#reserve(held, memoryOf(loaded.weight));
      await immediate();
      held.document = new SharedDocument(id, store, loaded, {
        committed: (sequence, count) => this.#committed(held, sequence, count),
        broadcast: (time) => metrics.broadcast(time),
      });
      held.updates = loaded.updates.length - 1;
      this.#count(held, memoryOf(held.document.weight));
      return held.document;
    } finally {
      end();
    }
  }

  #idle(held: Held): void {
    const { formulaId } = held.id;
    if (this.#held.get(formulaId) !== held) return;
    held.timer = setTimeout(() => this.#unload(held), this.#options.limits.idleMs).unref();
    // To the end: the first ones are those idle for longest.
    this.#held.delete(formulaId);
    this.#held.set(formulaId, held);
  }

  /**
   * Nobody has it open, so all of it is committed; whoever opens it next loads it anew, whether or not it is compacted
   * by then.
   */
  #unload(held: Held): void {
    this.#forget(held);
    clearTimeout(held.timer);
    if (held.updates > 0 && !held.document?.isLost) this.#upkeep.compact(held);
  }

  #reserve(held: Held, memory: number): void {
    this.#makeRoom(held, memory);
    this.#count(held, memory);
  }

  /**
   * Unloads what has been idle for longest, of the organisation where that has too much, until `memory` bytes for the
   * document fit. Where nothing is idle, the organisation that has most gives what it has opened last.
   */
  #makeRoom(held: Held, memory: number): void {
    const { orgId } = held.id;
    const more = { documents: held.memory === null ? 1 : 0, memory: memory - (held.memory ?? 0) };
    for (let lack = this.#memory.lacks(orgId, more); lack; lack = this.#memory.lacks(orgId, more)) {
      const idle = this.#idleOf(lack === 'organisation' ? orgId : null);
      const given = idle || lack === 'organisation' ? null : this.#newestOf(this.#memory.whoGives(orgId, more));
      if (idle) this.#unload(idle);
      else if (given) this.#takeBack(given);
      else throw new TooManyDocuments(lack);
    }
  }

  /** Whatever of it is not committed is sent again by those who have written it, once there is room. */
  #takeBack(held: Held): void {
    this.#forget(held);
    held.document?.lose(new TooManyDocuments('gives'));
  }

  #newestOf(orgId: OrgId | null): Held | null {
    let newest: Held | null = null;
    for (const held of this.#held.values())
      if (held.id.orgId === orgId && held.document && held.since > (newest?.since ?? 0)) newest = held;
    return newest;
  }

  #lacks(held: Held, more: number): string | null {
    if (held.memory === null) return null;
    try {
      this.#makeRoom(held, held.memory + more);
      return null;
    } catch (error) {
      if (error instanceof TooManyDocuments) return error.message;
      throw error;
    }
  }

  #idleOf(orgId: OrgId | null): Held | null {
    for (const held of this.#held.values())
      if (held.holders === 0 && held.document && (orgId === null || held.id.orgId === orgId)) return held;
    return null;
  }

  #count(held: Held, memory: number): void {
    this.#memory.add(held.id.orgId, {
      documents: held.memory === null ? 1 : 0,
      memory: memory - (held.memory ?? 0),
    });
    held.memory = memory;
  }

  #forget(held: Held): void {
    const { orgId, formulaId } = held.id;
    if (this.#held.get(formulaId) === held) this.#held.delete(formulaId);
    if (held.memory !== null) this.#memory.add(orgId, { documents: -1, memory: -held.memory });
    held.memory = null;
  }

  #committed(held: Held, sequence: number, count: number): void {
    const { metrics, onCommit } = this.#options;
    const { document } = held;
    metrics.committed(count);
    onCommit(held.id.formulaId, sequence);
    held.updates += count;
    if (document && held.memory !== null) this.#count(held, memoryOf(document.weight));
    this.#upkeep.look(held);
  }

  /** Everything that is committed stays in the database; what nobody has asked for is let go. */
  async close(): Promise<void> {
    for (const { timer } of this.#held.values()) clearTimeout(timer);
    this.#held.clear();
    await this.#upkeep.close();
  }
}
