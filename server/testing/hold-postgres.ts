import { startEmbeddedPostgres } from '#server/db/embedded/embedded-postgres.ts';

// A process to be killed: starts Postgres in the folder given, says where, and stays.
const log = { info: () => undefined, error: () => undefined };
const [, , dataDir = ''] = process.argv;
const { urls } = await startEmbeddedPostgres({ dataDir, log });
process.stdout.write(`${urls.migration}\n`);
setInterval(() => undefined, 60_000);
