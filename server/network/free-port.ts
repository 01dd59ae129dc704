import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that the kernel gives to outgoing connections (32768 to 60999 on Linux, from 49152 elsewhere): a port
 * that is free now is not taken by some connection of our own before the server listens there.
 */
const FIRST = 20_000;
const COUNT = 12_000;
const TRIES = 50;

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port);
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    if (probe.listening) {
      probe.close();
      await once(probe, 'close');
    }
  }
}

/** A port of this machine on which a server can be told to listen, and started again later. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
  throw new Error(`None of ${TRIES} ports from ${FIRST} to ${FIRST + COUNT - 1} is free.`);
}
