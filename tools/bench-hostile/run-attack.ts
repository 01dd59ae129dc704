import { Socket } from 'node:net';
import { constants, setPriority } from 'node:os';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Attack } from './attack.ts';

// The process of one attack: `node run-attack.ts <file> <server as JSON>`, ended by SIGTERM. Tells its parent how the
// attack is called.
const server = z.object({
  origin: z.string(),
  ws: z.string(),
  cookie: z.string(),
  orgId: z.string(),
  marketId: z.string(),
  formulaId: z.string(),
  viewerCookie: z.string(),
  editorCookie: z.string(),
  sharedFormulaId: z.string(),
  targetFormulaId: z.string(),
});
/** Loopback as the server's own address is, and another one: limits of addresses tell them apart. */
const ELSEWHERE = '127.0.0.2';

const [, , file = '', text = '{}'] = process.argv;
const stop = new AbortController();
process.once('SIGTERM', () => {
  stop.abort();
  setTimeout(() => process.exit(0), 1_000);
});
process.on('uncaughtException', () => undefined);
process.on('unhandledRejection', () => undefined);
// What the attacker computes must not be taken for what the server makes others wait.
setPriority(constants.priority.PRIORITY_LOW);
const { attack } = (await import(pathToFileURL(file).href)) as { attack: Attack };
if (!attack.isNeighbour) connectFrom(ELSEWHERE);
const attacked = server.parse(JSON.parse(text));
await attack.prepare?.(attacked, stop.signal);
process.send?.(attack.name);
await attack.run(attacked, stop.signal);

/** Makes all connections of this process come from another address: `fetch` and `ws` have no setting for it. */
function connectFrom(localAddress: string): void {
  const connect = Socket.prototype.connect;
  Object.defineProperty(Socket.prototype, 'connect', {
    value: function (this: Socket, first: unknown, ...rest: unknown[]): unknown {
      // `net.connect` hands on its arguments as one array.
      for (const options of Array.isArray(first) ? first : [first])
        if (typeof options === 'object' && options !== null && 'port' in options)
          Object.assign(options, { localAddress });
      return Reflect.apply(connect, this, [first, ...rest]);
    },
  });
}
