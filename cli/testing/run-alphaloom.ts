import { execFile } from 'node:child_process';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** More than any answer of a test. */
const MOST_OUTPUT = 64 * 2 ** 20;

/** The command as people run it: a process of its own, with pipes. */
export function alphaloom(args: readonly string[], input = ''): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile('bin/alphaloom', args, { maxBuffer: MOST_OUTPUT }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}
