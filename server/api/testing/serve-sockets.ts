import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Runtime } from '#server/runtime.ts';
import { startTrpcSockets, type TrpcSockets } from '../trpc-sockets.ts';

/** The sockets of subscriptions on a port of this machine. */
export async function serveSockets(
  runtime: Runtime,
): Promise<{ readonly sockets: TrpcSockets; readonly host: string; close(): Promise<void> }> {
  const sockets = startTrpcSockets(runtime);
  const server = createServer();
  server.on('upgrade', sockets.handleUpgrade);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    sockets,
    host: `127.0.0.1:${address.port}`,
    close: async () => {
      await sockets.close();
      server.close();
    },
  };
}
