import type { GivenBars } from '#core/engine/stream/push-bar.ts';
import { certainCloseOf, closeOf, countClosed } from '#core/market/bar-close.ts';
import type { Bars } from '#core/market/bars.ts';
import { RangeHasher } from '#server/db/bar-leaves.ts';
import { hashBars } from '../known-leaves.ts';
import type { Checkpoint } from './checkpoint.ts';

interface Part {
  readonly hasher: RangeHasher;
  /** Bars so far. */
  bars: number;
  /** When the last of them closed. */
  close: number;
}

/**
 * Which bars a runner has seen behind one of its own: its own up to there, and of each feed those that have closed by
 * then. Bars that come behind them leave its hash as it is; any other change of the bars changes it. Each bar is hashed
 * once.
 */
export class SeenBars {
  readonly #own = newPart();
  readonly #feeds: readonly Part[];

  constructor(feeds: number) {
    this.#feeds = Array.from({ length: feeds }, newPart);
  }

  /**
   * Whether bars are still those that were seen at the last look; of bars whose values nobody has corrected since. Late
   * ones of a feed are new to a runner that went on without them.
   */
  holds({ own, feeds }: GivenBars): boolean {
    const { bars, close } = this.#own;
    if (bars === 0) return true;
    if (closeOf(own, bars - 1) !== close) return false;
    return feeds.every((feed, index) => {
      const part = this.#feeds[index];
      return part?.bars === countClosed(feed, close) && part.close === lastClose(feed, part.bars);
    });
  }

  /** The first `next` of the bars were seen. */
  look({ own, feeds }: GivenBars, next: number): void {
    const close = next === 0 ? Number.NEGATIVE_INFINITY : closeOf(own, next - 1);
    extend(this.#own, own, next, close);
    for (const [index, feed] of feeds.entries()) {
      const part = this.#feeds[index];
      const closed = countClosed(feed, close);
      if (part) extend(part, feed, closed, lastClose(feed, closed));
    }
  }

  digest(): string {
    return [this.#own, ...this.#feeds].map(({ hasher, close }) => `${close} ${hasher.digest()}`).join(' ');
  }
}

const newPart = (): Part => ({ hasher: new RangeHasher(), bars: 0, close: Number.NEGATIVE_INFINITY });

const lastClose = (feed: Bars, closed: number): number =>
  closed === 0 ? Number.NEGATIVE_INFINITY : certainCloseOf(feed, closed - 1);

function extend(part: Part, bars: Bars, to: number, close: number): void {
  part.close = close;
  if (to <= part.bars) return;
  hashBars(part.hasher, bars, part.bars, to);
  part.bars = to;
}

/** What a runner that stands before the bar `next` has seen of these bars. */
export function seenUpTo(bars: GivenBars, next: number): SeenBars {
  const seen = new SeenBars(bars.feeds.length);
  seen.look(bars, next);
  return seen;
}

/**
 * A checkpoint that goes on with these bars; null when it was made of others. A state that does not say what it has
 * seen is older than corrections are: it goes on as long as there was none.
 */
export function withBars(checkpoint: Checkpoint | null, bars: GivenBars, areAsEver: boolean): Checkpoint | null {
  if (!checkpoint || checkpoint.next > bars.own.length) return null;
  if (checkpoint.seen === null) return areAsEver ? checkpoint : null;
  return seenUpTo(bars, checkpoint.next).digest() === checkpoint.seen ? checkpoint : null;
}
