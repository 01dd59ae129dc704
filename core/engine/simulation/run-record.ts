import type { CancelReason, ClosedPosition, OrderListener } from '#core/trading/broker.ts';
import type { Fill } from '#core/trading/fill.ts';
import type { Profit } from '#core/trading/holdings.ts';
import type { Order, Refusal } from '#core/trading/order.ts';
import { TradeTally } from '../figures/trade-tally.ts';
import type { Trade } from '../outcome/backtest-result.ts';
import type { Journal } from '../outcome/journal.ts';
import type { Action } from '../plan/plan.ts';

/** Makes trades, rejections and figures of a run out of what the broker answers. */
export class RunRecord implements OrderListener {
  readonly tally = new TradeTally();
  /** Null when nobody wants to know of each trade. */
  readonly journal: Journal | null;
  /** Who else wants to know of each order. */
  readonly #orders: OrderListener | null;
  readonly #actions: readonly Action[];
  readonly #bar: { readonly time: number };

  constructor(
    actions: readonly Action[],
    bar: { readonly time: number },
    journal: Journal | null,
    orders: OrderListener | null = null,
  ) {
    this.#actions = actions;
    this.#bar = bar;
    this.journal = journal;
    this.#orders = orders;
  }

  get isDetailed(): boolean {
    return this.journal !== null || this.#orders !== null;
  }

  accepted(order: Order, bar: number): void {
    this.#orders?.accepted(order, bar);
  }

  rejected(order: Order, bar: number, why: Refusal): void {
    this.#reject(order.action, bar, why);
    this.#orders?.rejected(order, bar, why);
  }

  cancelled(order: Order, bar: number, why: CancelReason): void {
    this.#orders?.cancelled(order, bar, why);
  }

  expired(order: Order, bar: number, why: Refusal): void {
    this.#reject(order.action, bar, why);
    this.#orders?.expired(order, bar, why);
  }

  filled(order: Order, fill: Fill, isDone: boolean): void {
    this.#orders?.filled(order, fill, isDone);
  }

  closed(position: ClosedPosition, fill: Fill, profit: Profit): void {
    this.tally.add(profit.net, profit.fraction, fill.bar - position.entryBar);
    this.journal?.trades.push(this.#tradeOf(position, fill, profit));
    this.#orders?.closed(position, fill, profit);
  }

  ruined(action: number, bar: number): void {
    this.#reject(action, bar, () => 'Equity is used up: the run ends here.');
    this.#orders?.ruined(action, bar);
  }

  signal({ node, kind, note }: Action, bar: number, time: number, price: number): void {
    const signal = { bar, time, node, kind, price };
    this.journal?.signals.push(note === undefined ? signal : { ...signal, note });
  }

  #reject(action: number, bar: number, why: Refusal): void {
    this.journal?.rejected.push({ bar, time: this.#bar.time, node: this.#nodeOf(action) ?? '', reason: why() });
  }

  #nodeOf(action: number): string | undefined {
    return this.#actions[action]?.node;
  }

  #tradeOf(position: ClosedPosition, fill: Fill, profit: Profit): Trade {
    const { units, entryBar, entryTime, entryPrice, entryAction } = position;
    const { price, bar, time, action, reason } = fill;
    const highest = Math.max(position.highest, price);
    const lowest = Math.min(position.lowest, price);
    const isLong = units > 0;
    const [worst, best] = isLong ? [lowest, highest] : [highest, lowest];
    const exitNode = this.#nodeOf(action);
    const trade: { -readonly [Key in keyof Trade]: Trade[Key] } = {
      side: isLong ? 'long' : 'short',
      units: Math.abs(units),
      entryBar,
      entryTime,
      entryPrice,
      exitBar: bar,
      exitTime: time,
      exitPrice: price,
      gross: profit.gross,
      net: profit.net,
      return: profit.fraction,
      commission: profit.commission,
      barsHeld: bar - entryBar,
      mae: isLong ? (worst - entryPrice) / entryPrice : (entryPrice - worst) / entryPrice,
      mfe: isLong ? (best - entryPrice) / entryPrice : (entryPrice - best) / entryPrice,
      reason: reason === 'entry' ? 'signal' : reason,
      entryNode: this.#nodeOf(entryAction) ?? '',
    };
    if (exitNode !== undefined) trade.exitNode = exitNode;
    return trade;
  }
}
