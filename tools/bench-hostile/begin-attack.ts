import { spawn, type ChildProcess } from 'node:child_process';
import { availableParallelism, platform } from 'node:os';

/**
 * The process of one attack, on the last core alone where the machine has several: what its maker computes must not be
 * taken for what the server makes others wait.
 */
export function beginAttack(file: string, attacked: string): ChildProcess {
  const command = [process.execPath, `${import.meta.dirname}/run-attack.ts`, file, attacked];
  const cores = availableParallelism();
  const [program = process.execPath, ...args] =
    platform() === 'linux' && cores > 1 ? ['taskset', '-c', String(cores - 1), ...command] : command;
  return spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}
