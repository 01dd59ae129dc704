import type { Client } from './begin.ts';

/**
 * Gives a new organisation its first strategy, with a backtest; returns the page to go to. The language is fetched for
 * this alone.
 */
export async function beginWithStrategy(client: Client): Promise<string> {
  try {
    return await (await import('./begin.ts')).beginWithStrategy(client, localStorage);
  } catch {
    return '/formulas';
  }
}
