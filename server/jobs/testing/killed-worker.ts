import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { StripeConfig } from '#server/config/config.ts';
import { environment } from '#server/config/environment.ts';
import type { DatabaseUrls } from '#server/db/urls.ts';

const WORKER = new URL('hold-worker.ts', import.meta.url).pathname;
const SERVER = new URL('../../main.ts', import.meta.url).pathname;

/** What is killed: a process that is a worker and takes over at once, or the product's server, told to be a worker. */
export type Program = 'worker' | 'server';

/** A worker in a process of its own, which can be killed as by a power cut: without a warning. */
export class KilledWorker {
  readonly #urls: DatabaseUrls;
  readonly #program: Program;
  readonly #payments: StripeConfig | null;
  #child: ChildProcess | null = null;

  /** `payments`: what a worker asks Stripe by. */
  constructor(urls: DatabaseUrls, program: Program = 'worker', payments: StripeConfig | null = null) {
    this.#payments = payments;
    this.#urls = urls;
    this.#program = program;
  }

  async start(): Promise<void> {
    const { app, system, migration } = this.#urls;
    this.#child =
      this.#program === 'worker'
        ? spawn(
            process.execPath,
            [WORKER, JSON.stringify(this.#urls), ...(this.#payments ? [JSON.stringify(this.#payments)] : [])],
            {
              stdio: ['ignore', 'pipe', 'inherit'],
            },
          )
        : spawn(process.execPath, [SERVER], {
            stdio: ['ignore', 'pipe', 'inherit'],
            env: {
              ...environment,
              NODE_ENV: 'production',
              ROLES: 'worker',
              HOST: '127.0.0.1',
              PORT: '0',
              DEMO: 'false',
              DATABASE_URL: app,
              SYSTEM_DATABASE_URL: system,
              MIGRATION_DATABASE_URL: migration,
            },
          });
    if (this.#child.stdout) await once(this.#child.stdout, 'data');
  }

  async kill(): Promise<void> {
    const dead = this.#child;
    this.#child = null;
    if (!dead || dead.exitCode !== null || dead.signalCode !== null) return;
    const ended = once(dead, 'exit');
    dead.kill('SIGKILL');
    await ended;
  }
}
