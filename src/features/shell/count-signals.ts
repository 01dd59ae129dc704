interface Counted {
  readonly id: string;
  readonly signalCount: number;
  /** UTC milliseconds. */
  readonly lastSignalAt: number | null;
}

/**
 * Counts signals in rows of bots as they come. A row that was asked for after the signal has counted it already: its
 * last signal is as new. Signals of one bar have one time, so the row that this counter made itself goes on counting.
 * `forget` when signals are counted again, in new rows.
 */
export function createSignalCounter(): {
  readonly count: <Bot extends Counted>(bot: Bot, emittedAt: number) => Bot;
  readonly forget: () => void;
} {
  const counts = new Map<string, number>();
  const count = <Bot extends Counted>(bot: Bot, emittedAt: number): Bot => {
    const last = bot.lastSignalAt ?? Number.NEGATIVE_INFINITY;
    const isOurs = counts.get(bot.id) === bot.signalCount;
    if (emittedAt < last || (emittedAt === last && !isOurs)) return bot;
    counts.set(bot.id, bot.signalCount + 1);
    return { ...bot, signalCount: bot.signalCount + 1, lastSignalAt: emittedAt };
  };
  return { count, forget: () => counts.clear() };
}
