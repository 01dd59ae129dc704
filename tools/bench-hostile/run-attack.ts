import { once } from 'node:events';
import { Socket } from 'node:net';
import { constants, setPriority } from 'node:os';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Attack } from './attack.ts';

// The process of one attack: `node run-attack.ts <file> <server as JSON>`, ended by SIGTERM. Tells its parent how the
// attack is called, and when it is over.
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

/** How long an attack may go on when it is over, and take away what it left, in milliseconds. */
const LAST_MS = 1_000;
const AFTER_MS = 60_000;
const wait = (milliseconds: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));

const [, , file = '', text = '{}'] = process.argv;
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
// An attack may do nothing but wait.
setInterval(() => undefined, 60_000);
process.on('uncaughtException', () => undefined);
process.on('unhandledRejection', () => undefined);
// What the attacker computes must not be taken for what the server makes others wait.
setPriority(constants.priority.PRIORITY_LOW);
const { attack } = (await import(pathToFileURL(file).href)) as { attack: Attack };
if (!attack.isNeighbour) connectFrom(ELSEWHERE);
const attacked = server.parse(JSON.parse(text));
await attack.prepare?.(attacked, stop.signal);
process.send?.(attack.name);
const running = attack.run(attacked, stop.signal).catch(() => undefined);
if (!stop.signal.aborted) await once(stop.signal, 'abort');
if (attack.after) await Promise.race([running, wait(LAST_MS)]);
const seen = attack.after && (await Promise.race([attack.after(attacked).catch(String), wait(AFTER_MS)]));
process.send?.({ seen: seen ?? null });
await Promise.race([running, wait(LAST_MS)]);
process.exit(0);

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
