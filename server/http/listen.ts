import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { BlockList } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Registry } from 'prom-client';
import type { Log } from '#server/observability/log.ts';
import {
  CONNECTION_TIMES,
  MOST_REQUESTS,
  type ConnectionRoom,
  type CONNECTION_RATE,
} from '#server/policies/connection-limits.ts';
import { addToRefusal, bareAnswer, endWith } from './bare-answer.ts';
import { boundConnections, FULL } from './bound-connections.ts';
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

export interface ListenOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /**
   * What answers carry that pass no handler: to what is no HTTP, to what is too slow, and to upgrades that are refused.
   */
  readonly bareHeaders?: BareHeaders;
  /** Proxies, of whose connections any number may come. */
  readonly proxies?: BlockList;
  readonly room?: ConnectionRoom;
  /** Connections that an address opens in a second, and at once. */
  readonly rate?: Readonly<Record<keyof typeof CONNECTION_RATE, number>>;
  readonly times?: Partial<Record<keyof typeof CONNECTION_TIMES, number>>;
  readonly registry?: Registry;
  readonly log: Pick<Log, 'error'>;
}

/**
 * Listens for requests and for upgrades to websockets; an upgrade to anything else is an ordinary request. Throws in
 * words when the port is taken.
 */
export async function listen(
  { host, port, bareHeaders = [], log, ...bounds }: ListenOptions,
  onRequest: RequestHandler,
  onUpgrade: UpgradeHandler,
): Promise<HttpServer> {
  const times = { ...CONNECTION_TIMES, ...bounds.times };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (!connections.begin(request, response)) return;
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
      keepAliveTimeout: times.keepAlive,
      connectionsCheckingInterval: times.look,
      // Node would refuse a request without a host by itself, without a header of ours.
      requireHostHeader: false,
      shouldUpgradeCallback: ({ headers: { upgrade } }) => upgrade?.toLowerCase() === 'websocket',
    },
    answer,
  );
  server.maxRequestsPerSocket = MOST_REQUESTS;
  const connections = boundConnections(server, { ...bounds, bareHeaders, times });
  // Node would answer an expectation that it does not know by itself; nobody needs to heed one.
  server.on('checkExpectation', answer);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // A connection that is broken takes no answer.
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const [status, message] = CLIENT_ERRORS[error.code ?? ''] ?? NO_HTTP;
    endWith(socket, bareAnswer(status, bareHeaders, message));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    addToRefusal(socket, bareHeaders);
    if (connections.upgrade(socket)) onUpgrade(request, socket, head);
    else endWith(socket, bareAnswer('503 Service Unavailable', [], FULL));
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
