import { pino, type Logger } from 'pino';

export type Log = Logger;

/** Structured logs on standard error; standard output belongs to what is said to the person at the terminal. */
export function createLog(level: string): Log {
  return pino({ level, base: null, redact: ['password', 'token', '*.password', '*.token'] }, pino.destination({ fd: 2, sync: true }));
}
