import { pino } from 'pino';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { createSecurityLog } from './security-log.ts';

it('counts everything, and writes no more lines than a disk can bear', async () => {
  const lines: string[] = [];
  const registry = new Registry();
  const security = createSecurityLog({
    log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }),
    registry,
    clock: () => 0,
  });
  const trace = { ip: '203.0.113.1', device: 'Firefox on Linux', requestId: 'r' };
  for (let attempt = 0; attempt < 500; attempt += 1) security.entry('failed', 'sign-in', trace);
  security.refused('FORBIDDEN', 'team.invite', trace);
  const text = await registry.metrics();
  expect(text).toContain('alphaloom_entries_total{outcome="failed",way="sign-in"} 500');
  expect(text).toContain('alphaloom_refusals_total{code="forbidden"} 1');
  expect(text).toContain('alphaloom_security_lines_dropped_total 451');
  expect(lines).toHaveLength(50);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    msg: 'sign-in failed',
    ip: '203.0.113.1',
    device: 'Firefox on Linux',
    requestId: 'r',
  });
});
