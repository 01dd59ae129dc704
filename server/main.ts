// First: an older Node has not what the others use when they load.
import './config/require-node.ts';
import { environment } from './config/environment.ts';
import { ConfigError, loadConfig } from './config/config.ts';
import { printLine } from './observability/announce.ts';
import { createLog } from './observability/log.ts';
import { Stops } from './stop.ts';
import { start } from './start.ts';

const stops = new Stops();

/** Longer than any part needs that can end by itself. */
const STOP_LIMIT_MS = 15_000;

async function main(): Promise<void> {
  const config = loadConfig(environment);
  const log = createLog(config.logLevel);
  const stopping = new AbortController();

  const end = async (code: number): Promise<never> => {
    stopping.abort();
    // A part that waits for a database that is gone must not keep the process alive.
    setTimeout(() => {
      log.error('not everything ended in time');
      process.exit(1);
    }, STOP_LIMIT_MS).unref();
    await stops.stop((name, error) => log.error({ err: error }, `could not stop ${name}`));
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stopping.signal.aborted) printLine('\nStopping …');
      void end(0);
    });
  }
  // `npm run dev` starts the server over a channel, which closes with that process, also when the process is killed.
  process.on('disconnect', () => void end(0));
  // A bug nobody caught: the state is unknown, so stop in order and say so, rather than serve on.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught');
    void end(1);
  });

  try {
    await start({ config, log, stops, signal: stopping.signal });
  } catch (error) {
    if (stopping.signal.aborted) return;
    printLine(`\nAlphaloom could not start. ${error instanceof Error ? error.message : String(error)}`);
    log.debug({ err: error }, 'start');
    await end(1);
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  printLine(error.message);
  process.exit(2);
}
