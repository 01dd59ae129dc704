import { setTimeout as after } from 'node:timers/promises';
import * as Y from 'yjs';
import { connectFormula, type FormulaConnection } from '#collab/connect.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { socketWith, type Person } from './people.ts';

/** What honest people do and wait for. */
export const KINDS = ['page', 'read', 'write', 'edit saved', 'edit seen', 'event heard', 'bot late'] as const;
export type Kind = (typeof KINDS)[number];

/** Milliseconds of waiting, and how often something failed or was refused. */
export interface Lived {
  readonly waits: Readonly<Record<Kind, number[]>>;
  readonly failed: Readonly<Record<Kind, number>>;
}

export interface Honest {
  /** Goes on until `until` says so. */
  live(until: () => boolean): Promise<Lived>;
  /** Does each thing once; the longest wait. */
  once(): Promise<number>;
  close(): void;
}

const EVERY_MS = 50;
const BAR_MS = 1_000;
/** Longer than anybody waits. */
const GIVE_UP_MS = 30_000;

interface Crowd {
  readonly origin: string;
  readonly owner: Person;
  readonly editor: Person;
  readonly viewer: Person;
}

/**
 * People at work beside an attack: an owner who saves, two who edit one formula, a viewer who reads and hears what
 * happens, and a bot with a signal a second.
 */
export async function startHonest({ origin, owner, editor, viewer }: Crowd): Promise<Honest> {
  const own = await openFormula(origin, owner);
  const colleague = await openFormula(origin, { ...editor, formulaId: owner.formulaId });
  /** Called with each event. */
  const hearing = new Set<(kind: string, payload: unknown) => void>();
  const subscription = viewer.call.live.events.subscribe(undefined, {
    onData: ({ data }) => hearing.forEach((hear) => hear(data.kind, data.payload)),
    onError: () => undefined,
  });
  await runBot(owner);
  let count = 0;

  const heard = (isIt: (kind: string, payload: unknown) => boolean): Promise<void> =>
    inTime(
      new Promise((resolve) => {
        const hear = (kind: string, payload: unknown): void => {
          if (!isIt(kind, payload)) return;
          hearing.delete(hear);
          resolve();
        };
        hearing.add(hear);
      }),
    );
  const rename = () => owner.call.formula.rename.mutate({ id: owner.formulaId, name: `Of ada ${(count += 1)}` });
  const edit = (): string => {
    const value = String((count += 1));
    own.doc.getMap('args').set('bench/x', value);
    return value;
  };
  const acts: Readonly<Record<Exclude<Kind, 'bot late'>, () => Promise<unknown>>> = {
    page: () =>
      fetch(`${origin}/sign-in`, { headers: { cookie: viewer.cookie } }).then(
        async (response) => (await response.text(), response.ok || Promise.reject(new Error(String(response.status)))),
      ),
    read: () => viewer.call.market.list.query(),
    write: rename,
    'edit saved': () => {
      edit();
      return inTime(
        new Promise<void>((resolve) => {
          const leave = own.connection.subscribe(() => {
            if (own.connection.getStatus().saved !== 'saved') return;
            leave();
            resolve();
          });
        }),
      );
    },
    'edit seen': () => {
      const value = edit();
      return inTime(
        new Promise<void>((resolve) => {
          const map = colleague.doc.getMap('args');
          const look = (): void => {
            if (Number(map.get('bench/x')) < Number(value)) return;
            map.unobserve(look);
            resolve();
          };
          map.observe(look);
        }),
      );
    },
    'event heard': async () => {
      const waits = heard((kind) => kind === 'formula.changed');
      await Promise.all([rename(), waits]);
    },
  };

  return {
    live: async (until) => {
      const waits: Record<Kind, number[]> = {
        page: [],
        read: [],
        write: [],
        'edit saved': [],
        'edit seen': [],
        'event heard': [],
        'bot late': [],
      };
      const failed: Record<Kind, number> = {
        page: 0,
        read: 0,
        write: 0,
        'edit saved': 0,
        'edit seen': 0,
        'event heard': 0,
        'bot late': 0,
      };
      let bar = performance.now();
      const hearBot = (kind: string): void => {
        if (kind !== 'signal.emitted') return;
        const now = performance.now();
        // Several signals of one bar come together.
        if (now - bar > BAR_MS / 2) waits['bot late'].push(Math.max(0, now - bar - BAR_MS));
        bar = now;
      };
      await heard((kind) => kind === 'signal.emitted');
      bar = performance.now();
      hearing.add(hearBot);
      await Promise.all(
        KINDS.map(async (kind) => {
          if (kind === 'bot late') return;
          // Once at least: a bot that was waited for until the end of the attack leaves nothing unmeasured.
          do {
            const began = performance.now();
            // A refusal would look like a quick answer.
            await acts[kind]().catch(() => (failed[kind] += 1));
            waits[kind].push(performance.now() - began);
            await after(EVERY_MS);
          } while (!until());
        }),
      );
      hearing.delete(hearBot);
      return { waits, failed };
    },
    once: async () => {
      const began = performance.now();
      await Promise.allSettled(Object.values(acts).map((act) => act()));
      return performance.now() - began;
    },
    close: () => {
      subscription.unsubscribe();
      own.connection.destroy();
      colleague.connection.destroy();
    },
  };
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return Promise.race([
    work,
    after(GIVE_UP_MS, undefined, { ref: false }).then(() => Promise.reject(new Error('not in time'))),
  ]);
}

async function openFormula(
  origin: string,
  { cookie, formulaId }: Pick<Person, 'cookie' | 'formulaId'>,
): Promise<{ doc: Y.Doc; connection: FormulaConnection }> {
  const doc = new Y.Doc();
  const connection = connectFormula({
    url: `${origin.replace('http', 'ws')}/collab`,
    formulaId,
    doc,
    socket: socketWith({ cookie, origin }),
  });
  await inTime(
    new Promise<void>((resolve) =>
      connection.subscribe(() => connection.getStatus().connection === 'online' && resolve()),
    ),
  );
  return { doc, connection };
}

async function runBot({ call, formulaId, marketId }: Person): Promise<void> {
  const version = await call.version.create.mutate({ formulaId, message: 'For a bot' });
  const bot = await call.bot.create.mutate({
    name: 'Honest',
    versionId: version.id,
    marketId,
    mode: 'paper',
    settings: DEFAULT_SETTINGS,
  });
  await call.bot.start.mutate({ id: bot.id });
}
