import { pino, type DestinationStream, type Logger } from 'pino';
import { describeError, shorten, withoutParameters } from './describe-error.ts';

export type Log = Logger;

/** Structured logs on standard error; standard output belongs to what is said to the person at the terminal. */
export function createLog(
  level: string,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Log {
  return pino(
    {
      level,
      base: null,
      redact: ['password', 'token', '*.password', '*.token'],
      serializers: { err: describeError },
      formatters: {
        log: (fields) =>
          Object.fromEntries(
            Object.entries(fields).map(([key, value]) => [
              key,
              typeof value === 'string' ? shorten(withoutParameters(value)) : value,
            ]),
          ),
      },
      hooks: {
        logMethod(args, method) {
          const [first, second, ...rest]: readonly unknown[] = args;
          if (typeof first === 'string') return method.apply(this, [shorten(withoutParameters(first))]);
          method.apply(this, typeof second === 'string' ? [first, shorten(withoutParameters(second)), ...rest] : args);
        },
      },
    },
    destination,
  );
}
