import type { AdvanceTask } from '#server/compute/bot/bot-runners.ts';
import type { OutcomeOf } from '#server/compute/protocol.ts';
import type { Tx } from '#server/db/database.ts';
import type { MarketRow } from '#server/db/queries/markets.ts';
import type { PayloadOf } from '#server/queue/definition.ts';
import type { replayBot as definition } from '#server/queue/definitions.ts';
import { read } from '#server/use-cases/act/read.ts';
import { writtenOut } from '#server/use-cases/bot/program.ts';
import { giveUpTick, isDue, replayBot, type Tick } from '#server/use-cases/bot/tick-bot.ts';
import { bySystem } from '#server/use-cases/context.ts';
import { findEntitlements } from '#server/use-cases/quota.ts';
import { neverFits } from '../handle-run.ts';
import { type JobContext, type JobHandler, WorkerStopping } from '../handler.ts';

/**
 * Bytes of a runner and its stored state: for each bar that the indicators look back over, and for each character of
 * the formula.
 */
const BYTES_A_BAR = 32;
const BYTES_A_CHARACTER = 100;

export const handler: JobHandler<PayloadOf<typeof definition>> = {
  run: async (payload, context) => {
    // Bars that are corrected meanwhile end what is computed: it begins again with the bars of now, but not for ever.
    // Whoever pauses or removes the bot ends it for good.
    let wait: number | null | 'overtaken' = 'overtaken';
    for (let tries = 1; wait === 'overtaken'; tries += 1) wait = await replay(payload, context, tries > MOST_OVERTAKEN);
    if (wait !== null) context.wakeIn(wait);
  },
  giveUp: giveUpTick,
};

/** So often in a row a bot begins again since bars were corrected; then it takes its bar as of when it began. */
const MOST_OVERTAKEN = 3;

/** A signal of when a bot has stopped: of one that is patient not when its bars are corrected. */
function follow({ cancellations, db, log }: JobContext, tick: Tick, isPatient: boolean) {
  let watch = cancellations.watch(tick.botId);
  if (!isPatient) return watch;
  const stopped = new AbortController();
  let isDone = false;
  const listen = (): void => {
    watch.signal.addEventListener(
      'abort',
      () => {
        watch.done();
        if (isDone) return;
        watch = cancellations.watch(tick.botId);
        listen();
        isDue(db, tick).then(
          (isStill) => void (isStill || stopped.abort()),
          (error: unknown) => log.warn({ err: error }, 'could not look whether a bot still runs'),
        );
      },
      { once: true },
    );
  };
  listen();
  return {
    signal: stopped.signal,
    done: () => {
      isDone = true;
      watch.done();
    },
  };
}

async function replay(payload: Tick, context: JobContext, isPatient: boolean): Promise<number | null | 'overtaken'> {
  const { orgId } = payload;
  const { compute, memory, stopping } = context;
  // From before the bot is looked at: a pause meanwhile is heard of.
  const watch = follow(context, payload, isPatient);
  const signal = AbortSignal.any([watch.signal, stopping]);
  const stopped = (): { readonly type: 'stopped' } => {
    if (watch.signal.aborted) return { type: 'stopped' };
    throw new WorkerStopping();
  };
  try {
    const { runTime, weight, botMemory } = await read(
      bySystem(context.db, { task: 'replay-bot', orgId }),
      'org.read',
      (tx) => findEntitlements(tx, orgId),
    );
    const claim = { owner: orgId, weight, mostTime: runTime, spent: 0 };
    const advance = async (task: AdvanceTask): Promise<OutcomeOf<'advance'>> => {
      const bytes = BYTES_A_BAR * botMemory + BYTES_A_CHARACTER * (task.origin ? writtenOut(task.origin.program) : 0);
      const release = await memory.take(orgId, bytes, signal);
      if (!release && signal.aborted) return stopped();
      if (!release) return { type: 'refused', reason: neverFits(bytes, memory.total) };
      try {
        const outcome = await compute.run('advance', task, { signal, claim });
        return outcome.type === 'stopped' ? stopped() : outcome;
      } finally {
        release();
      }
    };
    const tools = {
      load: (tx: Tx, market: MarketRow) => context.bars.load(tx, market),
      formulas: context.formulas,
      advance,
    };
    return await replayBot(context.db, payload, tools, { isPatient });
  } finally {
    watch.done();
  }
}
