import { readFile } from 'node:fs/promises';
import { verifyAudits, type Noted, type VerifiedChain } from '#server/audit-command.ts';
import { readArguments, UsageError } from './usage.ts';

/**
 * `alphaloom audit verify`: reads every chain of the audit, or that of one organisation, and names the first row of
 * each that is not as it was written. `--heads` compares with what `--json` printed before. Exit code 1 when one is
 * broken.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, {
    organisation: { type: 'string' },
    heads: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (positionals[0] !== 'verify') throw new UsageError('alphaloom audit does one thing: alphaloom audit verify.');
  const noted = values.heads === undefined ? [] : await readHeads(values.heads);
  const chains = await verifyAudits(noted, values.organisation);
  if (values.json) console.log(JSON.stringify(chains, null, 2));
  else for (const chain of chains) print(chain);
  return chains.some(({ broken }) => broken !== null) ? 1 : 0;
}

async function readHeads(file: string): Promise<readonly Noted[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} can't be read.`);
  });
  try {
    const chains = JSON.parse(text) as readonly { chain: unknown; head: { sequence: unknown; hash: unknown } | null }[];
    return chains.flatMap(({ chain, head }) =>
      head === null ? [] : [{ chain: String(chain), sequence: Number(head.sequence), hash: String(head.hash) }],
    );
  } catch {
    throw new UsageError(`${file} is not what "alphaloom audit verify --json" prints.`);
  }
}

function print({ chain, name, rows, erased, older, head, broken }: VerifiedChain): void {
  const count = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
  console.log(`${name} (${chain}): ${count(rows, 'row')}${broken ? ' read' : ', all as they were written'}`);
  if (erased > 0) console.log(`  ${count(erased, 'row')} from which a person was erased`);
  if (older > 0) console.log(`  ${count(older, 'row')} older than the chain, of which nothing can be said`);
  if (broken) {
    const { sequence, at, action, why } = broken;
    const what = at === null ? '' : ` (${action ?? ''}, ${new Date(at).toISOString()})`;
    console.error(`  BROKEN at row ${sequence}${what}: ${why}`);
  } else if (head) console.log(`  ends with row ${head.sequence}, ${head.hash}`);
}
