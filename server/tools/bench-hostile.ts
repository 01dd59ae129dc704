import '#server/config/environment.ts';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { holdServer } from './bench-hostile/hold-server.ts';
import { newPerson } from './bench-hostile/people.ts';
import { waitsOf } from './bench-hostile/samples.ts';

// How long others wait while somebody attacks: `npm run bench:hostile [part of a file's name]`. To reach: p99 ≤ 200 ms, ≤ 100 MB, recovered within 5 s.
const PORT = 41_100;
const ATTACK_MS = 10_000;
const EVERY_MS = 50;
const WELL_MS = 200;

const [, , only = ''] = process.argv;
const server = await holdServer(PORT);
try {
  const owner = await newPerson(server.origin, 'ada');
  const attacker = await newPerson(server.origin, 'mallory');
  const invitation = await owner.call.team.invite.mutate({ role: 'viewer' }).catch(() => null);
  const token = invitation !== null && 'token' in invitation && typeof invitation.token === 'string' ? invitation.token : undefined;
  const viewer = token === undefined ? owner : await newPerson(server.origin, 'ben', token);
  const attacked = JSON.stringify({
    origin: server.origin, ws: server.ws, cookie: attacker.cookie, orgId: attacker.orgId, marketId: attacker.marketId, formulaId: attacker.formulaId, viewerCookie: viewer.cookie, sharedFormulaId: owner.formulaId,
  });
  const honest = {
    reads: () => viewer.call.market.list.query(),
    edits: () => owner.call.formula.rename.mutate({ id: owner.formulaId, name: `Of ada ${Math.round(performance.now())}` }),
    health: () => fetch(`${server.origin}/healthz`).then((response) => response.text()),
  };

  let failed = 0;
  /** Does what honest people do, each thing again and again, until `until` says so. */
  async function live(until: () => boolean): Promise<Record<string, number[]>> {
    const waits = Object.entries(honest).map(async ([name, act]) => {
      const samples: number[] = [];
      while (!until()) {
        const began = performance.now();
        // A refusal would look like a quick answer.
        await act().catch(() => (failed += 1));
        samples.push(performance.now() - began);
        await after(EVERY_MS);
      }
      return [name, samples] as const;
    });
    return Object.fromEntries(await Promise.all(waits));
  }

  /** Until everything honest took less than 200 ms five times in a row. */
  async function recover(): Promise<number> {
    const began = performance.now();
    for (let well = 0; well < 5 && performance.now() - began < 60_000; ) {
      const at = performance.now();
      await Promise.allSettled(Object.values(honest).map((act) => act()));
      well = performance.now() - at < WELL_MS ? well + 1 : 0;
    }
    return performance.now() - began;
  }

  const row = (name: string, waits: Record<string, number[]>, rest: object): object => ({
    attack: name,
    ...Object.fromEntries(Object.entries(waits).map(([what, samples]) => {
      const { p50, p99, max } = waitsOf(samples);
      return [`${what} p50/p99/max ms`, [p50, p99, max].map((value) => value.toFixed(0)).join(' / ')];
    })),
    ...rest,
  });

  const rows: object[] = [];
  const quiet = performance.now() + ATTACK_MS;
  rows.push(row('none', await live(() => performance.now() > quiet), {}));
  for (const file of globSync(`${import.meta.dirname}/bench-hostile/{requests,documents}/*.ts`).filter((path) => path.includes(only)).toSorted()) {
    const before = server.measure();
    const child = fork(`${import.meta.dirname}/bench-hostile/run-attack.ts`, [file, attacked]);
    const [name] = (await once(child, 'message')) as [string];
    const end = performance.now() + ATTACK_MS;
    let most = before;
    const watch = setInterval(() => {
      const now = server.measure();
      most = { memory: Math.max(most.memory, now.memory), files: Math.max(most.files, now.files) };
    }, 100);
    failed = 0;
    const waits = await live(() => performance.now() > end);
    const refused = failed;
    clearInterval(watch);
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const recovery = await recover();
    await exited;
    rows.push(row(name, waits, { 'honest failed': refused, 'memory +MB': Math.round((most.memory - before.memory) / 1e6), 'files +': most.files - before.files, 'recovered after ms': Math.round(recovery) }));
  }
  console.table(rows);
} finally {
  await server.stop();
}
