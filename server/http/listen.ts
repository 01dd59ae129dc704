import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface HttpServer {
  readonly port: number;
  /** Stops accepting, waits a little for requests under way, then drops what is left. */
  close(): Promise<void>;
}

/** How long requests under way may take to end when the server stops. */
const GRACE_MS = 2_000;

/** Listens on `port` (0 for any free one). Throws in words when the port is taken. */
export async function listen(
  options: { host: string; port: number },
  onRequest: RequestHandler,
  onUpgrade: UpgradeHandler,
): Promise<HttpServer> {
  const server = createServer((request, response) => {
    Promise.resolve(onRequest(request, response)).catch(() => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('Something went wrong on our side.\n');
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    onUpgrade(request, socket, head);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${options.port} is taken. Choose another: PORT=3001 npm start`) : error),
    );
    server.listen(options.port, options.host, resolve);
  });
  return { port: portOf(server), close: () => close(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function close(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const drop = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await ended;
  clearTimeout(drop);
}
