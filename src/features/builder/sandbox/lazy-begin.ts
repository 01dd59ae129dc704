import { toast } from '#ui/feedback/toaster.tsx';
import type { Client } from './begin.ts';

/**
 * Gives a new organisation its first strategy, with a backtest; returns the page to go to. The language is fetched for
 * this alone.
 */
export async function beginWithStrategy(client: Client): Promise<string> {
  try {
    const begin = await import('./begin.ts');
    const { page, isLeft } = await begin.beginWithStrategy(client, localStorage);
    if (isLeft)
      toast.warning('The strategy that you tried was not taken along', {
        description: 'It is still in this browser, at /try: copy its code from there.',
        duration: Infinity,
      });
    return page;
  } catch {
    return '/formulas';
  }
}
