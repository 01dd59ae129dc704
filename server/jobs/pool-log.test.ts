import { expect, it } from 'vitest';
import { WorkerStopping } from './handler.ts';
import { loggerFor } from './pool-log.ts';

it('a job that is given back because the worker stops is no error, and any other failure is', () => {
  const said: [string, unknown][] = [];
  const at = (level: string) => (_facts: unknown, message?: unknown) => void said.push([level, message]);
  const logger = loggerFor({ error: at('error'), warn: at('warn'), debug: at('debug'), trace: at('trace') }, 'compute');
  const facts = (error: Error) => ({ error });
  logger.error('Failed task', facts(new WorkerStopping()));
  logger.error('Failed task', facts(new Error('no')));
  expect(said).toEqual([
    ['debug', 'Failed task'],
    ['error', 'Failed task'],
  ]);
});
