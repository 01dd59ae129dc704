import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { CLOSE } from '#collab/messages.ts';
import type { DocumentStore } from './documents/document-store.ts';

/** What the server is asked for its gauges. */
export interface Stats {
  readonly sockets: number;
  readonly rooms: number;
  readonly documents: number;
  /** About how many bytes they have in memory. */
  readonly memory: number;
  /** Bytes that wait for readers: of all, and of the slowest. */
  readonly queued: number;
  readonly mostQueued: number;
}

/** What happened, to be counted; times in milliseconds. */
export interface RealtimeMetrics {
  received(bytes: number): void;
  committed(updates: number): void;
  broadcast(time: number): void;
  /** An update that was not taken, or a socket that was closed: a refusal code, or the name of a close code. */
  refused(reason: string): void;
  closed(code: number): void;
  /** The same store, its times measured. */
  measure(store: DocumentStore): DocumentStore;
}

const PREFIX = 'alphaloom_realtime_';
/** From what a group of edits takes on an idle machine to what people would call hanging, in seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Metrics of one server of shared documents, for Prometheus. `stats` is asked whenever they are read. */
export function createRealtimeMetrics(registry: Registry, stats: () => Stats): RealtimeMetrics {
  const registers = [registry];
  const counter = (name: string, help: string) => new Counter({ name: PREFIX + name, help, registers });
  const histogram = (name: string, help: string) => new Histogram({ name: PREFIX + name, help, buckets, registers });
  const gauge = (name: string, help: string, read: (stats: Stats) => number): void =>
    void new Gauge({
      name: PREFIX + name,
      help,
      registers,
      collect() {
        this.set(read(stats()));
      },
    });

  gauge('sockets', 'Open sockets', ({ sockets }) => sockets);
  gauge('rooms', 'Formulas that somebody has open', ({ rooms }) => rooms);
  gauge('documents', 'Documents in memory', ({ documents }) => documents);
  gauge('documents_bytes', 'Memory of the documents, as estimated', ({ memory }) => memory);
  gauge('queued_bytes', 'Bytes that wait for readers', ({ queued }) => queued);
  gauge('queued_bytes_max', 'Bytes that wait for the slowest reader', ({ mostQueued }) => mostQueued);
  const messages = counter('messages_total', 'Messages received');
  const bytes = counter('received_bytes_total', 'Bytes received');
  const updates = counter('updates_total', 'Updates committed');
  const commit = histogram('commit_seconds', 'Time to commit a group of updates');
  const broadcast = histogram('broadcast_seconds', 'Time to hand a group of updates to all sockets of a room');
  const load = histogram('load_seconds', 'Time to load a document');
  const refused = new Counter({
    name: `${PREFIX}refused_total`,
    help: 'Updates refused and sockets closed, by reason',
    labelNames: ['reason'],
    registers,
  });

  return {
    received: (size) => {
      messages.inc();
      bytes.inc(size);
    },
    committed: (count) => updates.inc(count),
    broadcast: (time) => broadcast.observe(time / 1000),
    refused: (reason) => refused.inc({ reason: reason.toLowerCase() }),
    closed: (code) => refused.inc({ reason: nameOf(code).toLowerCase() }),
    measure: (store) => ({
      ...store,
      load: timed(load, store.load),
      append: timed(commit, store.append),
    }),
  };
}

const nameOf = (code: number): string => Object.entries(CLOSE).find(([, known]) => known === code)?.[0] ?? String(code);

function timed<Args extends readonly unknown[], T>(
  histogram: Histogram,
  work: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  return async (...args) => {
    const end = histogram.startTimer();
    try {
      return await work(...args);
    } finally {
      end();
    }
  };
}
