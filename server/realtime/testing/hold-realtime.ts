import { createServer } from 'node:http';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { loadConfig } from '#server/config/config.ts';
import { openDatabase } from '#server/db/database.ts';
import type { DatabaseUrls } from '#server/db/urls.ts';
import { startRealtime } from '../start-realtime.ts';

// A process to be killed: serves documents of the database given on the port given, says so, and stays.
const [, , urls = '{}', port = '0'] = process.argv;
const { db, sql } = openDatabase(JSON.parse(urls) as DatabaseUrls, { max: 5 });
const realtime = await startRealtime({
  db,
  sql,
  config: loadConfig({ NODE_ENV: 'test' }),
  log: pino({ level: 'silent' }),
  registry: new Registry(),
});
const server = createServer();
server.on('upgrade', realtime.handleUpgrade);
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
