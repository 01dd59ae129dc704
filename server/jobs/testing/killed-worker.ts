import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { DatabaseUrls } from '#server/db/urls.ts';

const PROGRAM = new URL('hold-worker.ts', import.meta.url).pathname;

/** A worker in a process of its own, which can be killed as by a power cut: without a warning. */
export class KilledWorker {
  readonly #urls: DatabaseUrls;
  #child: ChildProcess | null = null;

  constructor(urls: DatabaseUrls) {
    this.#urls = urls;
  }

  async start(): Promise<void> {
    this.#child = spawn(process.execPath, [PROGRAM, JSON.stringify(this.#urls)], {
      stdio: ['ignore', 'pipe', 'inherit'],
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
