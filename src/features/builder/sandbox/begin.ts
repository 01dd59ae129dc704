import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { useTRPCClient } from '#trpc/client.ts';
import { openGuide } from '../guide/kept-guide.ts';
import { firstStrategyText } from './first-strategy.ts';
import { forgetSandbox, readSandbox } from './kept-sandbox.ts';

/** What of the server is asked. */
export type Client = Pick<ReturnType<typeof useTRPCClient>, 'formula' | 'market' | 'backtest'>;

/** What a person comes to. */
export interface Begun {
  readonly page: string;
  /** Whether what they tried without an account could not be taken along; it is still in their browser then. */
  readonly isLeft: boolean;
}

/**
 * Gives somebody who has registered the strategy that they tried without an account or, where their organisation has
 * none at all, the example; with a backtest of it. Whatever fails, the person comes in.
 */
export async function beginWithStrategy(client: Client, store: Storage): Promise<Begun> {
  const tried = readSandbox(store);
  const taken = tried === null ? null : await takeAlong(client, tried);
  if (taken !== null) forgetSandbox(store);
  const isLeft = tried !== null && taken === null;
  // Whoever registers with an account that they have already comes into an organisation that is in use.
  const id = taken ?? ((await isEmpty(client)) ? await create(client, firstStrategyText()) : null);
  if (id === null) return { page: '/formulas', isLeft };
  openGuide(store);
  await runOnce(client, id);
  return { page: `/formulas/${id}`, isLeft };
}

const orNull = <T>(asked: Promise<T>): Promise<T | null> => asked.catch(() => null);

const create = async ({ formula }: Client, code: string): Promise<string | null> =>
  (await orNull(formula.create.mutate({ name: 'My first strategy', code })))?.id ?? null;

/** A large formula is taken as a file alone. */
async function takeAlong({ formula }: Client, tried: string): Promise<string | null> {
  const name = 'The strategy that I tried';
  const made =
    (await orNull(formula.create.mutate({ name, code: tried }))) ??
    (await orNull(formula.import.mutate({ fileName: `${name}.json`, text: tried })));
  return made?.id ?? null;
}

async function isEmpty({ formula }: Client): Promise<boolean> {
  const lists = await Promise.all([false, true].map((archived) => orNull(formula.list.query({ archived, limit: 1 }))));
  return lists.every((list) => list?.length === 0);
}

/** A strategy that cannot run yet opens without a backtest, and says itself why. */
async function runOnce({ market, backtest }: Client, formulaId: string): Promise<void> {
  const [first] = (await orNull(market.list.query())) ?? [];
  if (first)
    await orNull(backtest.start.mutate({ formulaId, marketId: first.id, inputs: {}, settings: DEFAULT_SETTINGS }));
}
