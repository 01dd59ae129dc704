import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { BlockList, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Counter, Gauge, Registry } from 'prom-client';
import { z } from 'zod';
import { addressKey } from '#server/limits/address-key.ts';
import { ConnectionRates } from '#server/limits/connection-rates.ts';
import { Connections, type HeldConnection } from '#server/limits/connections.ts';
import { peerOf } from '#server/network/client-address.ts';
import {
  CONNECTION_RATE,
  type CONNECTION_TIMES,
  connectionRoom,
  type ConnectionRoom,
  MOST_PIPELINED,
  TOLD_RATE,
} from '#server/policies/connection-limits.ts';
import { bareAnswer, endWith } from './bare-answer.ts';
import type { BareHeaders } from './security-headers.ts';

interface Bounds {
  readonly proxies?: BlockList;
  readonly room?: ConnectionRoom;
  /** Connections that an address opens in a second, and at once. */
  readonly rate?: Readonly<Record<keyof typeof CONNECTION_RATE, number>>;
  readonly times: Readonly<Record<keyof typeof CONNECTION_TIMES, number>>;
  readonly bareHeaders: BareHeaders;
  readonly registry?: Registry;
}

interface Watched {
  readonly held: HeldConnection;
  isUpgraded: boolean;
  /** Requests whose answer is not taken yet. */
  unanswered: number;
  /** When the last answer was taken. */
  quietSince: number;
  /** Bytes that the other side has taken, and when it last took some, or had none to take. */
  taken: number;
  takenAt: number;
}

const TOO_OFTEN = 'Too many connections were opened from your network. Try again in a minute.\n';

export const FULL = 'The server has too many connections just now. Try again in a minute.\n';

/** Why a connection ended before its time. */
type Why = 'refused' | 'too_often' | 'made_way' | 'untaken' | 'quiet' | 'pipelined';

/**
 * Bounds how many connections a server has, by address and in all, and how long one may be held by an other side that
 * neither asks nor takes its answers. `begin` is called with each request, and says whether to answer; `upgrade` says
 * whether there is room for one more websocket.
 */
export function boundConnections(
  server: Server,
  {
    proxies = new BlockList(),
    room = connectionRoom(mostFiles()),
    rate = CONNECTION_RATE,
    times,
    bareHeaders,
    registry,
  }: Bounds,
): { begin(request: IncomingMessage, response: ServerResponse): boolean; upgrade(socket: Duplex): boolean } {
  const connections = new Connections(room);
  const rates = new ConnectionRates(rate, TOLD_RATE);
  const open = new Map<Duplex, Watched>();
  const count = countIn(registry ?? new Registry(), connections);

  function end(socket: Duplex, why: Why): void {
    count(why);
    socket.destroy();
  }

  server.on('connection', (socket: Socket) => {
    const { address, isProxy } = peerOf(socket.remoteAddress, proxies);
    const key = addressKey(address);
    const now = performance.now();
    const may = isProxy ? 'open' : rates.count(key, now);
    if (may !== 'open') {
      count('too_often');
      if (may === 'tell') endWith(socket, bareAnswer('429 Too Many Requests', bareHeaders, TOO_OFTEN));
      else socket.destroy();
      return;
    }
    const held = connections.enter(key, isProxy, () => end(socket, 'made_way'));
    if (!held) {
      count('refused');
      return endWith(socket, bareAnswer('503 Service Unavailable', bareHeaders, FULL));
    }
    open.set(socket, { held, isUpgraded: false, unanswered: 0, quietSince: now, taken: 0, takenAt: now });
    socket.once('close', () => {
      open.delete(socket);
      held.leave();
    });
  });

  const look = setInterval(() => {
    const now = performance.now();
    rates.forget(now);
    for (const [socket, watched] of open) if (!watched.isUpgraded) lookAt(socket, watched, now);
  }, times.look).unref();
  server.once('close', () => clearInterval(look));

  function lookAt(socket: Duplex, watched: Watched, now: number): void {
    // What the socket has written, but for what still waits in it: the bytes that the machine of the other side has
    // taken, or ours for it.
    const taken = 'bytesWritten' in socket ? Number(socket.bytesWritten) - socket.writableLength : 0;
    if (socket.writableLength === 0 || taken > watched.taken) {
      watched.taken = taken;
      watched.takenAt = now;
    }
    const waited = now - watched.takenAt;
    if (waited >= times.untaken) end(socket, 'untaken');
    else if (watched.unanswered === 0 && now - watched.quietSince >= times.quiet) end(socket, 'quiet');
    else watched.held.waits(watched.unanswered === 0 || waited >= times.stuck);
  }

  return {
    begin: (request, response) => {
      const { socket } = request;
      const watched = open.get(socket);
      // One piece of what comes can hold many requests, and is read to its end.
      if (!watched || socket.destroyed) return false;
      watched.unanswered += 1;
      watched.held.waits(false);
      if (watched.unanswered > MOST_PIPELINED) {
        end(socket, 'pipelined');
        return false;
      }
      response.once('close', () => {
        watched.unanswered -= 1;
        watched.quietSince = performance.now();
        watched.held.waits(watched.unanswered === 0);
      });
      return true;
    },
    upgrade: (socket) => {
      const watched = open.get(socket);
      if (!watched?.held.upgrade()) {
        count('refused');
        return false;
      }
      watched.isUpgraded = true;
      return true;
    },
  };
}

function countIn(registry: Registry, connections: Connections): (why: Why) => void {
  new Gauge({
    name: 'alphaloom_connections',
    help: 'Open connections, by whether they are websockets',
    labelNames: ['kind'],
    registers: [registry],
    collect() {
      const { all, upgraded } = connections.size;
      this.set({ kind: 'http' }, all - upgraded);
      this.set({ kind: 'websocket' }, upgraded);
    },
  });
  const ended = new Counter({
    name: 'alphaloom_connections_ended_total',
    help: 'Connections that the server has ended or refused, by why',
    labelNames: ['why'],
    registers: [registry],
  });
  return (why) => ended.inc({ why });
}

const REPORT = z.object({ userLimits: z.object({ open_files: z.object({ soft: z.number() }) }) });

/** How many files this process may have open, connections among them. Infinity where the machine sets no limit. */
function mostFiles(): number {
  // Else the report would ask for the names of all who are connected, and wait for them.
  Object.assign(process.report, { excludeNetwork: true });
  const { data } = REPORT.safeParse(process.report.getReport());
  return data?.userLimits.open_files.soft ?? Infinity;
}
