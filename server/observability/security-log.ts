import { Counter, type Registry } from 'prom-client';
import type { Log } from './log.ts';

/** Where something came from, as the log and the audit name it. */
export interface Trace {
  readonly ip: string | null;
  readonly device: string | null;
  readonly requestId: string | null;
  readonly person?: string;
}

/** By what somebody tries to get in. */
export type Way = 'sign-in' | 'register' | 'second-factor' | 'passkey';

/**
 * What a defender wants to hear of: each kind is counted, and written to the log with where it came from. Never with
 * what was typed.
 */
export interface SecurityLog {
  entry(outcome: 'succeeded' | 'failed' | 'limited', way: Way, trace: Trace): void;
  left(trace: Trace): void;
  refused(code: string, what: string, trace: Trace): void;
  downloaded(what: string, trace: Trace): void;
}

/** Lines a second: whoever makes more trouble is counted on, and fills no disk. */
const MOST_LINES = 50;

export function createSecurityLog({
  log,
  registry,
  clock = Date.now,
}: {
  readonly log: Log;
  readonly registry: Registry;
  readonly clock?: () => number;
}): SecurityLog {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `alphaloom_${name}_total`, help, labelNames, registers: [registry] });
  const entries = counter('entries', 'Attempts to sign in or register, by outcome', ['outcome', 'way']);
  const exits = counter('sign_outs', 'Sessions ended by their owner', []);
  const refusals = counter('refusals', 'Requests that were refused, by code', ['code']);
  const downloads = counter('downloads', 'Files and exports that were taken', ['what']);
  const dropped = counter('security_lines_dropped', 'Lines that the log was spared', []);
  let [second, lines] = [0, 0];

  function write(level: 'info' | 'warn', message: string, fields: object): void {
    const now = Math.floor(clock() / 1000);
    if (now !== second) [second, lines] = [now, 0];
    lines += 1;
    if (lines > MOST_LINES) dropped.inc();
    else log[level](fields, message);
  }

  return {
    entry: (outcome, way, trace) => {
      entries.inc({ outcome, way });
      write(outcome === 'succeeded' ? 'info' : 'warn', `${way} ${outcome}`, trace);
    },
    left: (trace) => {
      exits.inc();
      write('info', 'signed out', trace);
    },
    refused: (code, what, trace) => {
      refusals.inc({ code: code.toLowerCase() });
      // Whoever comes back after a session has ended is no attacker.
      write(code === 'FORBIDDEN' || code === 'RATE_LIMITED' ? 'warn' : 'info', 'request refused', {
        code,
        what,
        ...trace,
      });
    },
    downloaded: (what, trace) => {
      downloads.inc({ what });
      write('info', 'downloaded', { what, ...trace });
    },
  };
}
