import { createServer } from 'node:http';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { loadConfig } from '#server/config/config.ts';
import { openDatabase } from '#server/db/database.ts';
import type { DatabaseUrls } from '#server/db/urls.ts';
import { startRealtime } from '#server/realtime/start-realtime.ts';
import { answerMemory } from './answer-memory.ts';

// A server of ours for the benchmark. What keeps one person from taking more than their share would be all that is
// measured, so it is off.
const [, , port = '0', urls = '{}'] = process.argv;
const { db, sql } = openDatabase(JSON.parse(urls) as DatabaseUrls, { max: 5 });
const limits = { rate: 1e9, burst: 1e9, ratePerPerson: 1e9, burstPerPerson: 1e9, socketsPerPerson: 1e6 };
const realtime = await startRealtime({
  db,
  sql,
  config: loadConfig({ NODE_ENV: 'test' }),
  log: pino({ level: 'silent' }),
  registry: new Registry(),
  limits,
});
const server = createServer();
server.on('upgrade', realtime.handleUpgrade);
server.listen(Number(port), '127.0.0.1', answerMemory);
