import { join } from 'node:path';
import type { Config } from './config/config.ts';
import { openDatabase, type Database, type OpenDatabase } from './db/database.ts';
import { startEmbeddedPostgres } from './db/embedded/embedded-postgres.ts';
import { migrate } from './db/migrate.ts';
import { adviceForOneRole } from './db/rights/make-roles.ts';
import { isShared, type DatabaseUrls } from './db/urls.ts';
import { build, isBuildFresh } from './http/build.ts';
import { bold, dim, printLine, step } from './observability/announce.ts';
import type { Log } from './observability/log.ts';
import { mustVerify } from './policies/shown.ts';
import { serve } from './serve.ts';
import { startStripe } from './stand-ins/stripe/start-stripe.ts';
import type { Stops } from './stop.ts';
import { appointAdmins } from './use-cases/admin/appoint-admins.ts';
import { setInstallationPlan } from './use-cases/billing/settle-plan.ts';
import type { Demo } from './use-cases/demo/demo.ts';
import { closePublishedLogins } from './use-cases/demo/published-logins.ts';
import { seedDemo } from './use-cases/demo/seed-demo.ts';

interface Start {
  readonly config: Config;
  readonly log: Log;
  readonly stops: Stops;
  /** Aborted when the process is told to stop, even before it is up. */
  readonly signal: AbortSignal;
}

/** Brings everything up in order, saying what it does. What was started is in `stops`, whatever happens after. */
export async function start({ config, log, stops, signal }: Start): Promise<void> {
  const since = performance.now();
  printLine(`\n${bold('Alphaloom')} ${dim(`${[...config.roles].join(' · ')}`)}\n`);

  const built = ensureBuild(config, signal);
  // The database may fail first; the build's own failure is reported where it is awaited.
  built.catch(() => undefined);

  const database = await openMigrated({ config, log, stops, signal });
  signal.throwIfAborted();
  const demo = await prepareDemo(config, database.db);
  if (config.adminEmails.length > 0) await appointAdmins(database.db, config.adminEmails, mustVerify(config));
  await built;
  signal.throwIfAborted();

  await setInstallationPlan(database.db, config.plan);
  const { address } = await serve({ config: await withPayments({ config, stops }), log, stops, database });
  printLine(`\n  ${bold(address)}  ${dim(`ready in ${((performance.now() - since) / 1000).toFixed(1)} s`)}`);
  if (demo) printLogins(demo, config.onlyHere);
  printLine(`\n  ${dim('Ctrl-C stops it.')}\n`);
}

/** The demo's logins to be shown. Published passwords are closed first where others reach the server. */
async function prepareDemo(config: Config, db: Database): Promise<Demo | null> {
  const closed = config.onlyHere ? null : await closePublishedLogins(db);
  return closed ?? (config.demo ? await step('Looking after the demo', () => seedDemo(db, config)) : null);
}

/**
 * Where a demo runs and nothing is set up, Stripe has a stand-in on this machine, so that paying can be tried at once.
 */
async function withPayments({ config, stops }: Pick<Start, 'config' | 'stops'>): Promise<Config> {
  const isWanted = config.demo && config.onlyHere && !config.stripe && !config.isPlanChosen;
  if (!isWanted || !config.roles.has('web') || config.port === 0) return config;
  const standIn = await startStripe({
    webhook: `http://localhost:${config.port}/api/stripe/webhook`,
    file: join(config.dataDir, 'stripe-stand-in.json'),
  });
  stops.add('the stand-in for Stripe', () => standIn.close());
  const { apiBase, secretKey, webhookSecret, prices } = standIn;
  return { ...config, stripe: { apiBase, secretKey, webhookSecret, prices } };
}

async function ensureBuild(config: Config, signal: AbortSignal): Promise<void> {
  if (config.nodeEnv === 'development' || !config.roles.has('web') || (await isBuildFresh())) return;
  await step('Building the pages (first start, or the sources changed)', () => build(signal));
}

async function openMigrated(starting: Start): Promise<OpenDatabase & { urls: DatabaseUrls }> {
  const { config, stops, signal } = starting;
  const urls = config.database ?? (await step('Starting Postgres', () => startPostgres(starting)));
  signal.throwIfAborted();
  if (isShared(urls) && (config.databaseRoles ?? (config.onlyHere ? 'one' : 'three')) !== 'one') {
    throw new Error(`${adviceForOneRole(urls.app)}\nTo go on as it is, start with DATABASE_ROLES=one.`);
  }
  await step('Migrating the database', () =>
    migrate(urls, { mayReplaceRoles: config.databaseRoles === (isShared(urls) ? 'one' : 'three') }),
  );
  if (isShared(urls)) printLine(`\n${adviceForOneRole(urls.app)}\n`);
  const database = openDatabase(urls);
  stops.add('the database', () => database.close());
  return { ...database, urls };
}

async function startPostgres({ config, log, stops, signal }: Start): Promise<DatabaseUrls> {
  const starting = startEmbeddedPostgres({ dataDir: config.dataDir, log, signal });
  // Before it is up: whoever is told to stop in the middle of the start ends what was begun.
  stops.add('Postgres', async () => {
    const begun = await starting.catch(() => null);
    await begun?.stop();
  });
  return (await starting).urls;
}

function printLogins({ people, password }: Demo, everyStart: boolean): void {
  printLine(`\n  Demo logins, password ${bold(password)}${everyStart ? '' : ' (random, shown this once)'}:`);
  for (const { email, role } of people) printLine(`    ${email}  ${dim(role)}`);
}
