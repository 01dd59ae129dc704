import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import postgres from 'postgres';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';

/**
 * Passwords of Postgres' own superuser and of the roles of the database. They lie in the cluster, readable by its owner
 * only.
 */
export interface Credentials {
  readonly superuser: string;
  /** Of `alphaloom`, who owns the tables. */
  readonly application: string;
  readonly alphaloom_app: string;
  readonly alphaloom_system: string;
}

const CREDENTIALS = 'alphaloom.json';

const newSecret = (): string => randomBytes(24).toString('hex');

function writeCredentials(cluster: string, credentials: Credentials, account: Account): void {
  const path = join(cluster, CREDENTIALS);
  const fresh = `${path}.new`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, JSON.stringify(credentials), { mode: 0o600 });
  account.own(fresh);
  renameSync(fresh, path);
}

/** Those of a cluster that was made when there was one role for all get the others' passwords. */
export function readCredentials(cluster: string, account: Account): Credentials {
  const known = JSON.parse(readFileSync(join(cluster, CREDENTIALS), 'utf8')) as Pick<
    Credentials,
    'superuser' | 'application'
  > &
    Partial<Credentials>;
  const credentials = {
    ...known,
    alphaloom_app: known.alphaloom_app ?? newSecret(),
    alphaloom_system: known.alphaloom_system ?? newSecret(),
  };
  if (!known.alphaloom_app || !known.alphaloom_system) writeCredentials(cluster, credentials, account);
  return credentials;
}

/**
 * Makes the cluster if there is none. It appears under its name only when it is whole, so that a kill in the middle
 * leaves nothing behind.
 */
export async function ensureCluster(cluster: string, binaries: Binaries, account: Account): Promise<void> {
  if (existsSync(cluster)) return;
  removeUnfinished(cluster);
  // A name of its own: the initdb of a killed process may still be writing.
  const fresh = `${cluster}.new-${process.pid}`;
  const passwordFile = `${fresh}.password`;
  const credentials: Credentials = {
    superuser: newSecret(),
    application: newSecret(),
    alphaloom_app: newSecret(),
    alphaloom_system: newSecret(),
  };
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  chmodSync(fresh, 0o700);
  account.own(fresh);
  writeFileSync(passwordFile, credentials.superuser, { mode: 0o600 });
  account.own(passwordFile);
  try {
    const args = [
      '-D',
      fresh,
      '-U',
      'postgres',
      '--pwfile',
      passwordFile,
      '--auth',
      'scram-sha-256',
      '--encoding',
      'UTF8',
      '--no-locale',
      '--no-instructions',
    ];
    const child = account.run(binaries.initdb, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`Postgres could not prepare ${cluster}:\n${output.trim()}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeCredentials(fresh, credentials, account);
  renameSync(fresh, cluster);
}

function removeUnfinished(cluster: string): void {
  const folder = dirname(cluster);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${basename(cluster)}.new-`))
      rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 10 });
  }
}

/**
 * The database and its roles, none of them a superuser, since row-level security does not hold superusers: `alphaloom`
 * owns the tables, the two others own nothing.
 */
export async function ensureRoles(
  superuserUrl: string,
  { application, alphaloom_app, alphaloom_system }: Credentials,
): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => undefined });
  try {
    for (const [name, password] of Object.entries({ alphaloom: application, alphaloom_app, alphaloom_system })) {
      const [role] = await sql`select 1 from pg_roles where rolname = ${name}`;
      if (!role) await sql.unsafe(`create role ${name} login password '${password}'`);
    }
    const [database] = await sql`select 1 from pg_database where datname = 'alphaloom'`;
    if (!database) await sql.unsafe('create database alphaloom owner alphaloom');
  } finally {
    await sql.end({ timeout: 5 });
  }
}
