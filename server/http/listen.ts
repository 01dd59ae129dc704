import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log } from '#server/observability/log.ts';
import { addToRefusal, bareAnswer } from './bare-answer.ts';
import type { BareHeaders } from './security-headers.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface HttpServer {
  readonly port: number;
  /** Stops accepting, waits a little for requests under way, then drops what is left. */
  close(): Promise<void>;
}

/** How long requests under way may take to end when the server stops. */
const GRACE_MS = 2_000;

/** How long the other side may take, in milliseconds. */
const TIMES = {
  /** From the first byte to the last header. */
  headers: 15_000,
  /** A whole request: the largest upload on a slow line. What a route needs less for, the route bounds. */
  request: 16 * 60_000,
  /** How often Node looks at both. */
  look: 5_000,
};

export interface ListenOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** What answers carry that pass no handler: to what is no HTTP, to what is too slow, and to upgrades that are refused. */
  readonly bareHeaders?: BareHeaders;
  readonly times?: typeof TIMES;
  readonly log: Pick<Log, 'error'>;
}

/** Listens for requests and for upgrades to websockets; an upgrade to anything else is an ordinary request. Throws in words when the port is taken. */
export async function listen(
  { host, port, bareHeaders = [], times = TIMES, log }: ListenOptions,
  onRequest: RequestHandler,
  onUpgrade: UpgradeHandler,
): Promise<HttpServer> {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    Promise.resolve(onRequest(request, response)).catch((error: unknown) => {
      log.error({ err: error }, 'a request failed, and no handler had an answer');
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('Something went wrong on our side.\n');
    });
  };
  const server = createServer(
    {
      headersTimeout: times.headers,
      requestTimeout: times.request,
      connectionsCheckingInterval: times.look,
      // Node would refuse a request without a host by itself, without a header of ours.
      requireHostHeader: false,
      shouldUpgradeCallback: ({ headers: { upgrade } }) => upgrade?.toLowerCase() === 'websocket',
    },
    answer,
  );
  // Node would answer an expectation that it does not know by itself; nobody needs to heed one.
  server.on('checkExpectation', answer);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // A connection that is broken takes no answer.
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const [status, message] = CLIENT_ERRORS[error.code ?? ''] ?? NO_HTTP;
    socket.end(bareAnswer(status, bareHeaders, message), () => socket.destroy());
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    addToRefusal(socket, bareHeaders);
    onUpgrade(request, socket, head);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken. Choose another: PORT=3001 npm start`) : error,
      ),
    );
    server.listen(port, host, resolve);
  });
  return { port: portOf(server), close: () => close(server) };
}

const NO_HTTP = ['400 Bad Request', 'This is no HTTP request.\n'] as const;
const CLIENT_ERRORS: Readonly<Record<string, readonly [status: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'The headers are too large. Delete the cookies of this site, and try again.\n',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive. Try again.\n'],
};

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
