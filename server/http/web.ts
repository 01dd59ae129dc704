import next from 'next';
import type { RequestHandler, UpgradeHandler } from './listen.ts';

export interface Web {
  readonly handle: RequestHandler;
  /** Next's own sockets: hot reload in development, nothing in production. */
  readonly handleUpgrade: UpgradeHandler;
  close(): Promise<void>;
}

/** Prepares Next: the production build, or its compiler in development. */
export async function startWeb(options: { dev: boolean; host: string; port: number }): Promise<Web> {
  const app = next({ dev: options.dev, hostname: options.host, port: options.port, dir: process.cwd() });
  await app.prepare();
  const handle = app.getRequestHandler();
  const upgrade = app.getUpgradeHandler();
  return {
    handle: (request, response) => handle(request, response),
    handleUpgrade: (request, socket, head) => void upgrade(request, socket, head),
    close: () => app.close(),
  };
}
