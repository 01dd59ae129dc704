import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { useTRPCClient } from '#trpc/client.ts';
import { openGuide } from '../guide/kept-guide.ts';
import { firstStrategyText } from './first-strategy.ts';
import { forgetSandbox, readSandbox } from './kept-sandbox.ts';

/** What of the server is asked. */
export type Client = Pick<ReturnType<typeof useTRPCClient>, 'formula' | 'market' | 'backtest'>;

/**
 * Gives somebody whose organisation is new the strategy that they tried without an account, or the example, with a
 * backtest of it. Returns the page to go to. Whatever fails, the person comes in.
 */
export async function beginWithStrategy(client: Client, store: Storage): Promise<string> {
  const tried = readSandbox(store);
  openGuide(store);
  const id =
    (tried === null ? null : await create(client, 'The strategy that I tried', tried)) ??
    (await create(client, 'My first strategy', firstStrategyText()));
  if (id === null) return '/formulas';
  if (tried !== null) forgetSandbox(store);
  await runOnce(client, id);
  return `/formulas/${id}`;
}

async function create({ formula }: Client, name: string, code: string): Promise<string | null> {
  try {
    return (await formula.create.mutate({ name, code })).id;
  } catch {
    return null;
  }
}

/** A strategy that cannot run yet opens without a backtest, and says itself why. */
async function runOnce({ market, backtest }: Client, formulaId: string): Promise<void> {
  try {
    const [first] = await market.list.query();
    if (first) await backtest.start.mutate({ formulaId, marketId: first.id, inputs: {}, settings: DEFAULT_SETTINGS });
  } catch {
    // The builder offers the run.
  }
}
