import type { Bar, Timeframe } from './bars.ts';
import { barEnd, barStart, calendarTime, latestBarEnd } from './timeframe.ts';

/** A longer bar under way. */
type Open = { -readonly [K in keyof Bar]: Bar[K] };

/** What `LongerBar` remembers between bars, as plain numbers. */
export type LongerBarState = readonly number[];

/**
 * Makes longer bars of shorter ones as these close, one at a time: the only place where it is decided what belongs to a
 * longer bar and when it has closed, so that a backtest, which has all bars, can't see more than a bot, which has those
 * of the past.
 *
 * - A bar belongs to the day (week, quarter …) in which it opens, by the calendar in UTC; days that open in the evening to that of the next date (`calendarTime`).
 * - A longer bar has closed as soon as that is certain: when one of its bars reaches its end; at its end by the clock, where its bars open
 *   by the calendar and so can't outlast it; otherwise when the last bar that may open in it has closed. So a day of a market that is closed at night is there at
 *   midnight, for markets that are open then.
 * - What has closed stays closed: a bar that opened within it and comes later is counted to the next one.
 */
export class LongerBar {
  readonly #source: Timeframe;
  readonly #target: Timeframe;
  readonly #onClose: (bar: Bar, closedAt: number) => void;
  #open: Open | null = null;
  /** When the open bar has closed at the latest. */
  #certain = 0;
  /** The end of the last bar that has closed. */
  #over = Number.NEGATIVE_INFINITY;

  constructor(source: Timeframe, target: Timeframe, onClose: (bar: Bar, closedAt: number) => void) {
    this.#source = source;
    this.#target = target;
    this.#onClose = onClose;
  }

  /** The next bar of the source has closed, at `end`. */
  add(bar: Bar, end: number): void {
    const begin = barStart(calendarTime(bar.time, this.#source), this.#target);
    // When a bar opens behind the end of the longer one, that has closed.
    if (this.#open && (this.#certain < end || begin > this.#open.time)) this.#close(Math.min(this.#certain, end));
    const start = Math.max(begin, this.#over);
    if (this.#open) merge(this.#open, bar);
    else this.#begin(bar, start);
    if (barEnd(start, this.#target) <= end) this.#close(end);
  }

  /** The time is now `now`, and every bar that has closed by then was added. */
  advance(now: number): void {
    if (this.#open && this.#certain <= now) this.#close(this.#certain);
  }

  #begin(bar: Bar, start: number): void {
    const { open, high, low, close, volume } = bar;
    const keepsCalendar = barStart(bar.time, this.#source) === bar.time;
    this.#open = { time: start, open, high, low, close, volume };
    const over = barEnd(start, this.#target);
    // The last bar that may belong to it opens just before its end, or where the calendar has one there.
    this.#certain = keepsCalendar
      ? Math.max(over, barEnd(barStart(over - 1, this.#source), this.#source))
      : latestBarEnd(over - 1, this.#source) + 1;
  }

  #close(at: number): void {
    const bar = this.#open;
    if (!bar) return;
    this.#open = null;
    this.#over = barEnd(bar.time, this.#target);
    this.#onClose(bar, at);
  }

  save(): LongerBarState {
    const bar = this.#open;
    return [this.#over, ...(bar ? [this.#certain, bar.time, bar.open, bar.high, bar.low, bar.close, bar.volume] : [])];
  }

  restore([
    over = Number.NEGATIVE_INFINITY,
    certain,
    time = 0,
    open = 0,
    high = 0,
    low = 0,
    close = 0,
    volume = 0,
  ]: LongerBarState): void {
    this.#over = over;
    this.#open = certain === undefined ? null : { time, open, high, low, close, volume };
    this.#certain = certain ?? 0;
  }
}

function merge(open: Open, bar: Bar): void {
  open.high = Math.max(open.high, bar.high);
  open.low = Math.min(open.low, bar.low);
  open.close = bar.close;
  open.volume += bar.volume;
}
