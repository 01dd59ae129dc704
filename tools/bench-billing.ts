import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '#server/db/database.ts';
import { startEmbeddedPostgres } from '#server/db/embedded/embedded-postgres.ts';
import { migrate } from '#server/db/migrate.ts';
import { runStorm } from '#server/jobs/testing/stripe-storm.ts';
import { printLine } from '#server/observability/announce.ts';
import { createTestRuntime } from '#server/testing/api.ts';
import { setInstallationPlan } from '#server/use-cases/billing/settle-plan.ts';

// Events of Stripe against the product's route, with workers that are killed: `npm run bench:billing [events]`.

const AIMS = { acceptedASecond: 500, p99: 2000 };
const events = Number(process.argv[2] ?? 10_000);

const dataDir = await mkdtemp(join(tmpdir(), 'alphaloom-billing-'));
const postgres = await startEmbeddedPostgres({ dataDir, log: { info: () => undefined, error: () => undefined } });
try {
  await migrate(postgres.urls);
  const opened = openDatabase(postgres.urls, { max: 10 });
  const runtime = await createTestRuntime({
    ...opened,
    urls: postgres.urls,
    asOwner: () => Promise.reject(new Error('nothing here is done as the owner')),
  });
  await setInstallationPlan(opened.db, 'free');
  const result = await runStorm(runtime, postgres.urls, {
    events,
    doubled: 0.2,
    badlySigned: 0.05,
    kills: 3,
    random: Math.random,
  });
  const { accepted, refused, acceptedASecond, p50, p99, wrongPlans, stillOpen } = result;
  printLine(`events                ${events}, ${accepted} accepted, ${refused} refused`);
  printLine(`accepted a second     ${acceptedASecond.toFixed(0)} (to reach: ${AIMS.acceptedASecond})`);
  printLine(`to applied            p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (to reach: ${AIMS.p99})`);
  printLine(`wrong plans           ${wrongPlans.length}`);
  printLine(`not applied           ${stillOpen}`);
  if (wrongPlans.length > 0 || stillOpen > 0) process.exitCode = 1;
  await runtime.close();
  await opened.close();
} finally {
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}
