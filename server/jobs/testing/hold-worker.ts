import { pino } from 'pino';
import { openDatabase } from '#server/db/database.ts';
import { startWorker } from '../start.ts';

// A process to be killed: computes for the database given, says so, and stays. It takes over the jobs of the dead at once.
const [, , url = ''] = process.argv;
const { db, sql } = openDatabase(url, { max: 5 });
await startWorker({ db, sql, url, log: pino({ level: 'silent' }), threads: 2, heartbeat: { every: 100, deadAfter: 1500 } });
process.stdout.write('ready\n');
