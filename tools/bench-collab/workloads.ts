import { setTimeout as delay } from 'node:timers/promises';
import * as Y from 'yjs';
import { fillDocument } from '#collab/fill.ts';
import { toFormula } from '#collab/to-formula.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { FORMULA_FORMAT, type Formula } from '#core/formula/model/formula.ts';
import type { Contender, Replica, Writer } from './contender.ts';

/** How long may pass after the last edit before those that have not arrived are counted as lost. */
const PATIENCE_MS = 10_000;

/** A chain of `count` averages. */
export function chainOf(count: number): Formula {
  const nodes = Array.from({ length: count }, (_, i) => [
    `n${i}`,
    { block: 'sma', name: `line${i}`, args: { source: i === 0 ? 1 : { from: `n${i - 1}` }, timePeriod: i + 2 } },
  ]);
  return { format: FORMULA_FORMAT, nodes: Object.fromEntries(nodes) };
}

export function stateOf(formula: Formula): Uint8Array {
  const doc = new Y.Doc();
  fillDocument(doc, formula, 'Bench');
  return Y.encodeStateAsUpdate(doc);
}

export interface Arrivals {
  /** From an edit to its arrival at a colleague, in milliseconds. */
  readonly samples: readonly number[];
  readonly made: number;
}

/** Makes `perSecond` edits a second in all, spread evenly, for so many seconds. */
async function spread(perSecond: number, seconds: number, make: (edit: number) => void): Promise<void> {
  const start = performance.now();
  for (let edit = 0; edit < perSecond * seconds; edit++) {
    const wait = start + (edit * 1000) / perSecond - performance.now();
    if (wait > 0) await delay(wait);
    make(edit);
  }
}

async function arrived(samples: readonly number[], made: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (samples.length < made && performance.now() < until) await delay(10);
}

/** People with whole clients; each one's edits are timed at a colleague. */
export async function editTogether(
  contender: Contender,
  people: number,
  perSecond: number,
  seconds: number,
): Promise<Arrivals> {
  const room = await contender.createRoom(stateOf(chainOf(2)));
  const replicas: Replica[] = [];
  for (let i = 0; i < people; i++) replicas.push(await contender.open(room));
  const sent = new Map<unknown, number>();
  const samples: number[] = [];
  replicas.forEach(({ doc }, i) => {
    const watched = `n0/p${(i + 1) % people}`;
    const args = doc.getMap('args');
    args.observe(({ keysChanged }) => {
      const since = keysChanged.has(watched) ? sent.get(args.get(watched)) : undefined;
      if (since !== undefined) samples.push(performance.now() - since);
    });
  });
  await spread(people * perSecond, seconds, (edit) => {
    const i = edit % people;
    sent.set(`v${edit}`, performance.now());
    const { doc } = replicas[i] ?? {};
    if (doc) writeEdits(doc, [{ type: 'setArg', id: 'n0', port: `p${i}`, arg: `v${edit}` }], 'bench');
  });
  const made = people * perSecond * seconds;
  await arrived(samples, made);
  replicas.forEach(({ close }) => close());
  return { samples, made };
}

interface Crowd {
  readonly people: number;
  readonly perSecond: number;
  readonly seconds: number;
  /** Characters of a comment that each edit carries. */
  readonly weight?: number;
  /** Whether one more is there who takes nothing from the network. */
  readonly hasSleeper?: boolean;
}

/**
 * People who write and leave unread what others write, and one who has the whole document, at whom all edits are timed.
 */
export async function crowd(
  contender: Contender,
  { people, perSecond, seconds, weight = 0, hasSleeper = false }: Crowd,
): Promise<Arrivals> {
  const room = await contender.createRoom(stateOf(chainOf(2)));
  const witness = await contender.open(room);
  const writers: { readonly writer: Writer; readonly doc: Y.Doc }[] = [];
  for (let i = 0; i < people; i++) {
    const writer = await contender.write(room);
    const doc = new Y.Doc();
    doc.on('update', (update) => writer.send(update));
    writers.push({ writer, doc });
  }
  const sleeper = hasSleeper ? await contender.write(room) : null;
  sleeper?.pause();
  const sent: number[] = [];
  const samples: number[] = [];
  const args = witness.doc.getMap('args');
  args.observe(({ keysChanged }) => {
    for (const key of keysChanged) {
      // One's edits arrive in order; of several at once only the last is to be seen.
      const value = args.get(key);
      const since = typeof value === 'string' ? sent[Number.parseInt(value, 10)] : undefined;
      if (since !== undefined) samples.push(performance.now() - since);
    }
  });
  const padding = 'x'.repeat(weight);
  await spread(people * perSecond, seconds, (edit) => {
    sent.push(performance.now());
    writers[edit % people]?.doc.getMap('args').set(`n0/e${edit}`, `${edit} ${padding}`);
  });
  const made = people * perSecond * seconds;
  await arrived(samples, made);
  sleeper?.close();
  writers.forEach(({ writer }) => writer.close());
  witness.close();
  return { samples, made };
}

/** How long it takes to have a document that others have open, in milliseconds. */
export async function join(contender: Contender, nodes: number, times: number): Promise<readonly number[]> {
  const room = await contender.createRoom(stateOf(chainOf(nodes)));
  const host = await contender.open(room);
  const samples: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    const guest = await contender.open(room);
    samples.push(performance.now() - start);
    guest.close();
  }
  host.close();
  return samples;
}

const AT_ONCE = 200;

/**
 * One person edits as fast as it goes, never more than some edits ahead of what a colleague has. `growth` is the size
 * of the document, 1 being that of a fresh one.
 */
export async function manyEdits(
  contender: Contender,
  edits: number,
): Promise<{ readonly perSecond: number; readonly growth: number }> {
  const room = await contender.createRoom(stateOf(chainOf(100)));
  const witness = await contender.open(room);
  const writer = await contender.write(room);
  const doc = new Y.Doc();
  doc.on('update', (update) => writer.send(update));
  const args = witness.doc.getMap('args');
  let seen = 0;
  let wake: () => void = () => undefined;
  args.observe(() => {
    seen = Number(args.get('n0/count') ?? 0);
    wake();
  });
  const start = performance.now();
  for (let edit = 1; edit <= edits; edit++) {
    while (edit - seen > AT_ONCE) await new Promise<void>((resolve) => (wake = resolve));
    doc.getMap('args').set('n0/count', edit);
  }
  while (seen < edits) await new Promise<void>((resolve) => (wake = resolve));
  const perSecond = (edits / (performance.now() - start)) * 1000;
  const fresh = new Y.Doc();
  fillDocument(fresh, toFormula(witness.doc).formula, 'Bench');
  const growth = Y.encodeStateAsUpdate(witness.doc).length / Y.encodeStateAsUpdate(fresh).length;
  writer.close();
  witness.close();
  return { perSecond, growth };
}

/** Bytes of memory that a connection costs on which nothing is said. */
export async function idle(contender: Contender, connections: number, perRoom: number): Promise<number> {
  const rooms: string[] = [];
  for (let i = 0; i < connections; i += perRoom) rooms.push(await contender.createRoom(stateOf(chainOf(2))));
  const first = await Promise.all(rooms.map((room) => contender.write(room)));
  // What the first ones bring along is not theirs: compiled code, buffers, a grown heap.
  for (let i = 0; i < connections / 2; i++) (await contender.write(rooms[i % rooms.length] ?? '')).close();
  const before = await contender.memory();
  const lines: Writer[] = [];
  for (let i = 0; i < connections; i++) lines.push(await contender.write(rooms[i % rooms.length] ?? ''));
  const after = await contender.memory();
  for (const line of [...first, ...lines]) line.close();
  return (after - before) / connections;
}
