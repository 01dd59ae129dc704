import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import postgres from 'postgres';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';

/** Passwords of Postgres' own superuser and of the application's role. They lie in the cluster, readable by its owner only. */
export interface Credentials {
  readonly superuser: string;
  readonly application: string;
}

const CREDENTIALS = 'alphaloom.json';

export const readCredentials = (cluster: string): Credentials => JSON.parse(readFileSync(join(cluster, CREDENTIALS), 'utf8')) as Credentials;

/** Makes the cluster if there is none. It appears under its name only when it is whole, so that a kill in the middle leaves nothing behind. */
export async function ensureCluster(cluster: string, binaries: Binaries, account: Account): Promise<void> {
  if (existsSync(cluster)) return;
  removeUnfinished(cluster);
  // A name of its own: the initdb of a killed process may still be writing.
  const fresh = `${cluster}.new-${process.pid}`;
  const passwordFile = `${fresh}.password`;
  const credentials: Credentials = { superuser: randomBytes(24).toString('hex'), application: randomBytes(24).toString('hex') };
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  chmodSync(fresh, 0o700);
  account.own(fresh);
  writeFileSync(passwordFile, credentials.superuser, { mode: 0o600 });
  account.own(passwordFile);
  try {
    const args = ['-D', fresh, '-U', 'postgres', '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--encoding', 'UTF8', '--no-locale', '--no-instructions'];
    const child = account.run(binaries.initdb, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`Postgres could not prepare ${cluster}:\n${output.trim()}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(join(fresh, CREDENTIALS), JSON.stringify(credentials), { mode: 0o600 });
  account.own(join(fresh, CREDENTIALS));
  renameSync(fresh, cluster);
}

function removeUnfinished(cluster: string): void {
  const folder = dirname(cluster);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${basename(cluster)}.new-`)) rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 10 });
  }
}

/** The application's role owns its database but is no superuser, since row-level security does not hold superusers. */
export async function ensureApplicationRole(superuserUrl: string, password: string): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => undefined });
  try {
    const [role] = await sql`select 1 from pg_roles where rolname = 'alphaloom'`;
    if (!role) await sql.unsafe(`create role alphaloom login password '${password}'`);
    const [database] = await sql`select 1 from pg_database where datname = 'alphaloom'`;
    if (!database) await sql.unsafe('create database alphaloom owner alphaloom');
  } finally {
    await sql.end({ timeout: 5 });
  }
}
