import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { StripeEvent } from './objects.ts';

interface Target {
  readonly url: string;
  readonly secret: string;
}

/** As Stripe signs: over the time and the body as it is sent. */
export const signatureOf = (body: string, secret: string, seconds = Math.floor(Date.now() / 1000)): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

/** Milliseconds before each further attempt. Whoever is away for longer learns it from the list of events. */
const WAITS = [500, 1_000, 2_000, 5_000, 15_000, 60_000, 300_000];

/** Sends events to one address, each until it is taken or the last attempt has failed; nothing waits for another. */
export class Delivery {
  readonly #target: () => Target | null;
  readonly #stopping = new AbortController();
  readonly #underWay = new Set<Promise<void>>();

  constructor(target: () => Target | null) {
    this.#target = target;
  }

  send(event: StripeEvent): void {
    const sending = this.#send(event).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#underWay);
  }

  async #send(event: StripeEvent): Promise<void> {
    const { signal } = this.#stopping;
    const body = JSON.stringify(event);
    for (const ms of [0, ...WAITS]) {
      try {
        await wait(ms, undefined, { signal, ref: false });
      } catch {
        return;
      }
      const target = this.#target();
      if (!target) return;
      const { url, secret } = target;
      const answer = await fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'stripe-signature': signatureOf(body, secret) },
        signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
      }).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.ok) return;
    }
  }
}
