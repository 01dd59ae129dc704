import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseUrls } from '../urls.ts';
import { chooseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { ensureCluster, ensureRoles, readCredentials } from './cluster.ts';
import { claim } from './lock.ts';
import { clearRemains, launch, type Postmaster } from './postmaster.ts';

interface Log {
  info(message: string): void;
  error(message: string): void;
}

export interface EmbeddedPostgres {
  /** Of the database `alphaloom`, as its roles, none of them a superuser. */
  readonly urls: DatabaseUrls;
  /** As Postgres' superuser, for tests that make databases. */
  readonly superuserUrl: string;
  /** Ends all sessions, writes everything and waits until the process is gone. */
  stop(): Promise<void>;
}

// For one application on a small machine: little memory, no parallel queries (which need more of /dev/shm than
// containers give).
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  max_wal_size: '512MB',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_destination: 'stderr',
  logging_collector: 'off',
};

/**
 * Starts the Postgres that npm installed, with its data in `dataDir/postgres`, on a free port of the loopback
 * interface. Whatever a killed process or a killed Postgres left behind is cleared first. If Postgres dies later, it is
 * started again on the same port.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  log: Log;
  settings?: Readonly<Record<string, string>>;
  /** Aborted when the start is to be given up: Postgres ends, and so does this with an error. */
  signal?: AbortSignal;
}): Promise<EmbeddedPostgres> {
  const { log } = options;
  mkdirSync(options.dataDir, { recursive: true });
  const dataDir = realpathSync(options.dataDir);
  const cluster = join(dataDir, 'postgres');
  const binaries = findBinaries();
  const account = chooseAccount(binaries, cluster);
  const lock = claim(join(dataDir, 'postgres.lock'));
  try {
    await ensureCluster(cluster, binaries, account);
    await clearRemains(cluster);
    const credentials = readCredentials(cluster, account);
    const superuserUrlAt = (port: number): string =>
      `postgres://postgres:${credentials.superuser}@127.0.0.1:${port}/postgres`;
    const settings = { ...SETTINGS, ...options.settings };
    const common = {
      binaries,
      account,
      cluster,
      settings,
      logFile: join(dataDir, 'postgres.log'),
      urlAt: superuserUrlAt,
    };

    options.signal?.throwIfAborted();
    let postmaster: Postmaster = await launch({ ...common, ...(options.signal ? { signal: options.signal } : {}) });
    const { port } = postmaster;
    let stopping = false;
    const isStopping = (): boolean => stopping;
    const watch = async (): Promise<void> => {
      while (!isStopping()) {
        await postmaster.exited;
        if (isStopping()) return;
        log.error('Postgres ended unexpectedly; starting it again');
        await clearRemains(cluster);
        postmaster = await launch({ ...common, port });
        // Asked to stop meanwhile, when there was only the old one to be stopped.
        if (isStopping()) await postmaster.stop();
        else log.info('Postgres is back');
      }
    };
    const watched = watch().catch((error: unknown) =>
      log.error(error instanceof Error ? error.message : String(error)),
    );
    const stop = async (): Promise<void> => {
      stopping = true;
      await postmaster.stop();
      await watched;
      lock.release();
    };
    try {
      await ensureRoles(superuserUrlAt(port), credentials);
    } catch (error) {
      await stop();
      throw error;
    }
    return {
      urls: urlsAt(port, credentials),
      superuserUrl: superuserUrlAt(port),
      stop,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Of the database `alphaloom` on a port of this machine. */
export function urlsAt(port: number, credentials: ReturnType<typeof readCredentials>): DatabaseUrls {
  const urlOf = (role: string, password: string): string =>
    `postgres://${role}:${password}@127.0.0.1:${port}/alphaloom`;
  return {
    app: urlOf('alphaloom_app', credentials.alphaloom_app),
    system: urlOf('alphaloom_system', credentials.alphaloom_system),
    migration: urlOf('alphaloom', credentials.application),
  };
}
