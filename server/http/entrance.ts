import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Registry } from 'prom-client';
import { isSecure } from '#server/auth/cookie.ts';
import type { Config } from '#server/config/config.ts';
import type { RateLimits } from '#server/limits/rate-limits.ts';
import { fixClientAddress } from '#server/network/client-address.ts';
import type { Log } from '#server/observability/log.ts';
import { answerMetrics } from './answer-metrics.ts';
import { bareAnswer, endWith } from './bare-answer.ts';
import { isForUs, WRONG_HOST } from './check-host.ts';
import { guardRequest, guardUpgrade } from './guard-request.ts';
import { answerHealth, type Checks } from './health.ts';
import type { RequestHandler, UpgradeHandler } from './listen.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { strangerAt } from './stranger-at.ts';

/** Something that takes over sockets whose path begins with `prefix`. */
export interface Upgrade {
  readonly prefix: string;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

interface Entrance {
  readonly config: Config;
  readonly log: Log;
  readonly registry: Registry;
  readonly limits: Pick<RateLimits, 'chargeStranger'>;
  readonly checks: Checks;
  /** Hashes of the built scripts; null while they are compiled. */
  readonly scripts: Parameters<typeof setSecurityHeaders>[2]['scripts'];
  /** Answers what is none of the server's own. */
  readonly page: RequestHandler;
  readonly upgrades: readonly Upgrade[];
}

/**
 * What every request and upgrade passes first. No failure behind it is without an answer in words, and a line in the
 * log under the id that the answer names.
 */
export function createEntrance({ config, log, registry, limits, checks, scripts, page, upgrades }: Entrance): {
  readonly onRequest: RequestHandler;
  readonly onUpgrade: UpgradeHandler;
} {
  const secure = isSecure(config);
  const isDevelopment = config.nodeEnv === 'development';

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    fixClientAddress(request, config.trustedProxies);
    setSecurityHeaders(request, response, { secure, scripts });
    if (!isForUs(request, config)) {
      response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' }).end(WRONG_HOST);
      return;
    }
    if (!(await guardRequest(request, response, { limits, stranger: strangerAt(request, secure), isDevelopment })))
      return;
    if (request.url === '/healthz') return answerHealth(response, checks);
    if (request.url === '/metrics') return answerMetrics(request, response, { registry, token: config.metricsToken });
    return page(request, response);
  }

  return {
    onRequest: async (request, response) => {
      response.once('finish', () => {
        // Whoever failed has said why in a line of their own; this one says that somebody was told.
        if (response.statusCode >= 500 && !isHealth(request))
          log.error(
            { status: response.statusCode, method: request.method, path: pathOf(request) },
            'answered with a failure',
          );
      });
      try {
        await answer(request, response);
      } catch (error) {
        const id = randomBytes(4).toString('hex');
        log.error({ err: error, id, method: request.method, path: pathOf(request) }, 'request failed');
        if (response.headersSent) return void response.destroy();
        response
          .writeHead(500, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
          .end(`Something went wrong on our side (id ${id}).\n`);
      }
    },
    onUpgrade: (request, socket, head) => {
      fixClientAddress(request, config.trustedProxies);
      const upgrade = upgrades.find(({ prefix }) => request.url?.startsWith(prefix));
      // Paid for before the host and the path are looked at: whoever is refused costs a connection too.
      guardUpgrade(socket, { limits, stranger: strangerAt(request, secure) }).then(
        (isFine) => {
          if (!isFine) return;
          if (!isForUs(request, config)) endWith(socket, bareAnswer('421 Misdirected Request', [], WRONG_HOST));
          else if (!upgrade) endWith(socket, bareAnswer('404 Not Found', [], 'There is no websocket here.\n'));
          else upgrade.handleUpgrade(request, socket, head);
        },
        (error: unknown) => {
          log.error({ err: error, path: pathOf(request) }, 'an upgrade failed');
          socket.destroy();
        },
      );
    },
  };
}

/** A part that is down is no news to whoever asks whether it is up. */
const isHealth = ({ url }: IncomingMessage): boolean => url === '/healthz';

/** Without the query, which may say what is nobody's business. */
const pathOf = ({ url }: IncomingMessage): string => (url ?? '').split(/[?#]/)[0] ?? '';
