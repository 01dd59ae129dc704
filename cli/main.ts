import { writeSync } from 'node:fs';
import { UsageError } from './usage.ts';

/** The exit code where the output can't be written. */
const UNWRITTEN = 3;

/** What `alphaloom` does. Each subcommand is loaded when it is asked for, so that it starts at once. */
const COMMANDS: Readonly<
  Record<string, { readonly line: string; load(): Promise<{ run(args: readonly string[]): Promise<number> }> }>
> = {
  check: { line: 'check FORMULA [--data BARS.csv]     problems, inputs, warm-up', load: () => import('./check.ts') },
  fmt: { line: 'fmt FORMULA [--to code|json] [--write]', load: () => import('./fmt.ts') },
  diff: {
    line: 'diff BEFORE AFTER [--json|--markdown|--html]  what is different, one change a line; --git for git',
    load: () => import('./diff.ts'),
  },
  merge: {
    line: 'merge BASE OURS THEIRS [NAME] [--take theirs] [--write]  what both changed since BASE; exit code 1 where they conflict',
    load: () => import('./merge.ts'),
  },
  history: {
    line: 'history FILE [--json]               the versions of a strategy that was exported with its history',
    load: () => import('./history.ts'),
  },
  eval: { line: 'eval FORMULA --data BARS.csv [--only a,b] [--set fast=12]', load: () => import('./eval.ts') },
  backtest: {
    line: 'backtest FORMULA --data BARS.csv [--set fast=12] [--cash 10000] [--commission 0.002] [--fill close] [--json] …',
    load: () => import('./backtest.ts'),
  },
  sweep: {
    line: 'sweep FORMULA --data BARS.csv --set fast=2..50 --set slow=5..200:5 [--where "fast < slow"] [--random 500] [--by sharpe] [--top 20] [--threads N] [--json] …',
    load: () => import('./sweep.ts'),
  },
  audit: {
    line: 'audit verify [--organisation ID] [--heads FILE] [--json]  whether the audit of an installation is as it was written',
    load: () => import('./audit.ts'),
  },
  blocks: { line: 'blocks [NAME]                       the catalogue', load: () => import('./blocks.ts') },
};

const HELP = `alphaloom: the engine of Alphaloom, without server or database (but for audit)

${Object.values(COMMANDS)
  .map(({ line }) => `  alphaloom ${line}`)
  .join('\n')}

FORMULA is code or JSON; - reads it from standard input. --json prints for programs.
--data SYMBOL=FILE gives feed("SYMBOL") its bars.
An option is given once; --data and --set once for each symbol and input.
--timeframe 1h (or SYMBOL=1h) says how long bars last where their file does not say it by itself.
--times open or close (or SYMBOL=close) says what its times are,
and --decimals point or comma what stands before fractions.
What a run trades on, with what holds unless said otherwise:
--cash 10000, --commission 0 (a fraction, 0.001 is 0.1%), --commission-fixed 0, --commission-minimum 0,
--slippage 0 (a fraction), --lot 0 (units in lots of so many; 0: in any fraction), --leverage 1,
--fill open or close, --short true, --close-at-end true.
Runs know prices alone: borrow fees, dividends and funding are left out.
Exit code: 0 all is well, 1 the formula or the data is wrong or nothing could be run, 2 the command is wrong,
3 the output can't be written.`;

async function runCommand([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || args.includes('--help')) {
    console.log(HELP);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS[name];
  if (!command) throw new UsageError(`There is no command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}.`);
  const { run } = await command.load();
  return run(args);
}

/**
 * `alphaloom … | head` closes the pipe early. That is no error: the rest is written to nobody, and the exit code is
 * what it would be. Where a disk is full, what was asked for is not there: that is said, and the command ends at once.
 */
function onUnwritten(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return;
  try {
    writeSync(process.stderr.fd, `The output can't be written: ${reasonOf(error)}.\n`);
  } catch {
    // Standard error can't be written either: the exit code says it.
  }
  process.exit(UNWRITTEN);
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException): string =>
  code === 'ENOSPC' ? 'the disk is full' : code === 'EDQUOT' ? 'the quota of the disk is used up' : message;

/** Does what the arguments say; the exit code of the process. */
export async function main(args: readonly string[]): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', onUnwritten);
  try {
    return await runCommand(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
}
