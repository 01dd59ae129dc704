import { pino } from 'pino';
import type { StripeConfig } from '#server/config/config.ts';
import { openDatabase } from '#server/db/database.ts';
import type { DatabaseUrls } from '#server/db/urls.ts';
import { workerMeans } from '#server/testing/means.ts';
import { openBilling } from '#server/use-cases/billing/billing.ts';
import { startWorker } from '../start-worker.ts';

// A process to be killed: computes for the database given, says so, and stays. It takes over the jobs of the dead at
// once.
const [, , given = '{}', payments] = process.argv;
const urls = JSON.parse(given) as DatabaseUrls;
const stripe = payments === undefined ? null : (JSON.parse(payments) as StripeConfig);
const { db, sql } = openDatabase(urls, { max: 5 });
await startWorker({
  ...workerMeans(),
  db,
  sql,
  url: urls.system,
  log: pino({ level: 'silent' }),
  billing: stripe && openBilling({ stripe, host: '127.0.0.1', port: 0 }),
  threads: 2,
  heartbeat: { every: 100, deadAfter: 1500 },
});
process.stdout.write('ready\n');
