import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const PROC = existsSync('/proc/self/stat');

/**
 * When a process started, as a text to compare; null when it is gone. A process id alone may have been given to another
 * since.
 */
export function startOf(pid: number): string | null {
  try {
    if (!PROC) return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name, which may contain anything but ends with the last parenthesis: state is field 3, start time field
    // 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** The command line of a process; empty when it is gone. */
export function commandOf(pid: number): string {
  try {
    if (!PROC) return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}
