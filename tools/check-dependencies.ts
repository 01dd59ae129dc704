import { execFile } from 'node:child_process';
import { z } from 'zod';

/** Advisories, by package, that do not concern us, each with the reason. */
const ACCEPTED: Readonly<Record<string, string>> = {};

const audit = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.string(),
      range: z.string(),
      via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string() })])),
    }),
  ),
});

/**
 * Whether no dependency that runs in production has a known hole of severity high or critical, by the lockfile. Without
 * an answer of the registry nothing is known, which is said and is no failure.
 */
export async function checkDependencies(
  say: (line: string) => void,
  ask: () => Promise<unknown> = askRegistry,
): Promise<boolean> {
  const answer = audit.safeParse(await ask());
  if (!answer.success) {
    say('  dependencies: not checked, the registry does not answer');
    return true;
  }
  const severe = Object.entries(answer.data.vulnerabilities).filter(
    ([, { severity }]) => severity === 'high' || severity === 'critical',
  );
  const open = severe.filter(([name]) => !Object.hasOwn(ACCEPTED, name));
  for (const [name, { severity, range, via }] of open) {
    const causes = via.map((cause) => (typeof cause === 'string' ? `through ${cause}` : `${cause.title} ${cause.url}`));
    say(`  ${name} ${range}: ${severity}. ${causes.join('; ')}`);
  }
  for (const [name] of severe) if (Object.hasOwn(ACCEPTED, name)) say(`  ${name}: accepted, since ${ACCEPTED[name]}`);
  return open.length === 0;
}

function askRegistry(): Promise<unknown> {
  return new Promise((resolve) => {
    // npm ends with 1 when it found something.
    execFile(
      'npm',
      ['audit', '--package-lock-only', '--omit=dev', '--json'],
      { timeout: 60_000, maxBuffer: 64 * 2 ** 20 },
      (_, output) => {
        try {
          resolve(JSON.parse(output));
        } catch {
          resolve(null);
        }
      },
    );
  });
}
