import type { Bars } from '../../market/bars.ts';
import type { ExitReason, Side } from '../result.ts';
import type { Settings } from '../settings.ts';

/** A level of a naive action: a fraction, or a price at each bar. */
export type NaiveLevel = { readonly percent: number } | { readonly price: (bar: number) => number };

export interface NaiveAction {
  readonly kind: 'buy' | 'sell' | 'short' | 'cover';
  readonly when: (bar: number) => boolean;
  /** `value`: as of the close that decides. */
  readonly size: { readonly kind: 'fraction' | 'units' | 'cash' | 'risk'; readonly value: (bar: number) => number };
  readonly stop?: NaiveLevel;
  readonly target?: NaiveLevel;
  readonly trail?: NaiveLevel;
  readonly limit?: NaiveLevel;
  readonly expires?: number;
  readonly adds: number;
}

export interface NaiveTrade {
  readonly side: Side;
  readonly units: number;
  readonly entryBar: number;
  readonly exitBar: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly net: number;
  readonly mae: number;
  readonly mfe: number;
  readonly reason: ExitReason;
}

interface Waiting {
  readonly action: NaiveAction;
  readonly decided: number;
}

interface Holding {
  readonly sign: 1 | -1;
  readonly bar: number;
  readonly parts: { readonly units: number; readonly price: number; readonly commission: number }[];
  /** Every price seen since the entry. */
  readonly seen: number[];
  stop?: number | undefined;
  target?: number | undefined;
  trail?: NaiveLevel | undefined;
  /** Every place where the trailing stop has been; the nearest holds. */
  trails: number[];
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const signOf = (action: NaiveAction): 1 | -1 => (action.kind === 'buy' || action.kind === 'sell' ? 1 : -1);
const isEntry = (action: NaiveAction): boolean => action.kind === 'buy' || action.kind === 'short';

/**
 * *Time and fills* once more, written from the rules and as plainly as possible: lists that are added up again each time, nothing kept that
 * could be computed, sizes found by search. The engine must agree with it trade by trade.
 */
export function simulateNaively(actions: readonly NaiveAction[], bars: Bars, settings: Settings): { trades: NaiveTrade[]; equity: number[]; rejected: number[] } {
  const payments = [settings.cash];
  const trades: NaiveTrade[] = [];
  const rejected: number[] = [];
  const equity: number[] = [];
  let holding: Holding | null = null;
  let market: Waiting[] = [];
  let limits: Waiting[] = [];
  let over = false;

  const price = (column: 'open' | 'high' | 'low' | 'close', bar: number): number => bars[column][bar] ?? NaN;
  const commission = (units: number, at: number): number => Math.max(settings.commissionMinimum, units * at * settings.commission + settings.commissionFixed);
  const held = (): number => (holding ? total(holding.parts.map(({ units }) => units)) : 0);
  const worth = (at: number): number => total(payments) + (holding ? holding.sign * held() * at : 0);
  const slip = (at: number, sign: number): number => at * (1 + sign * settings.slippage);
  const beyond = (a: number, b: number, sign: number): boolean => (sign > 0 ? a >= b : a <= b);

  const leave = (bar: number, at: number, reason: ExitReason): void => {
    if (!holding) return;
    const { sign, parts, seen } = holding;
    const units = held();
    const entryPrice = total(parts.map((part) => part.units * part.price)) / units;
    const cost = commission(units, at);
    payments.push(sign * units * at - cost);
    const prices = [...seen, at].map((value) => (sign * (value - entryPrice)) / entryPrice);
    trades.push({
      side: sign > 0 ? 'long' : 'short', units, entryBar: holding.bar, exitBar: bar, entryPrice, exitPrice: at, reason,
      net: total(parts.map((part) => sign * part.units * (at - part.price) - part.commission)) - cost, mae: Math.min(...prices), mfe: Math.max(...prices),
    });
    holding = null;
  };

  const level = (given: NaiveLevel | undefined, decided: number, from: number, sign: number): number | undefined =>
    given === undefined ? undefined : 'percent' in given ? from * (1 + sign * given.percent) : given.price(decided);

  /** The most that costs no more than `money`, by halving. */
  const affordable = (money: number, at: number): number => {
    let [low, high] = [0, money / at];
    if (commission(0, at) > money) return 0;
    for (let i = 0; i < 200; i += 1) {
      const middle = (low + high) / 2;
      if (middle * at + commission(middle, at) <= money) low = middle;
      else high = middle;
    }
    return low;
  };

  const sizeOf = ({ action, decided }: Waiting, at: number): number => {
    const free = worth(at) * settings.leverage - held() * at;
    const { kind } = action.size;
    const value = action.size.value(decided);
    const stop = level(action.stop, decided, at, -signOf(action));
    const risked = stop === undefined || stop === at ? 0 : (value * worth(at)) / Math.abs(at - stop);
    const wanted = { fraction: () => affordable(value * free, at), units: () => value, cash: () => affordable(value, at), risk: () => risked }[kind]();
    const units = settings.lot > 0 ? Math.floor(wanted / settings.lot + 1e-9) * settings.lot : wanted;
    return units * at > 1e-9 * Math.max(0, worth(at)) && units * at + commission(units, at) <= free * (1 + 1e-9) ? units : 0;
  };

  const refuse = (bar: number): false => {
    rejected.push(bar);
    return false;
  };

  /** Whether it has filled. */
  const enter = (order: Waiting, bar: number, at: number): boolean => {
    const { action, decided } = order;
    const sign = signOf(action);
    if (sign < 0 && !settings.short) return refuse(bar);
    if (holding && holding.sign !== sign) leave(bar, at, 'reversed');
    if (holding && holding.parts.length > action.adds) return false;
    const units = sizeOf(order, at);
    if (units === 0) return refuse(bar);
    const cost = commission(units, at);
    const isNew = holding === null;
    const into: Holding = holding ?? { sign, bar, parts: [], seen: [at], trails: [] };
    payments.push(-sign * units * at - cost);
    into.parts.push({ units, price: at, commission: cost });
    if (isNew || action.stop) into.stop = level(action.stop, decided, at, -sign);
    if (isNew || action.target) into.target = level(action.target, decided, at, sign);
    if (action.trail) {
      into.trail = action.trail;
      into.trails.push(level(action.trail, decided, at, -sign) ?? NaN);
    }
    holding = into;
    return true;
  };

  /** NaN, which nothing reaches, without either. */
  const stopOf = ({ sign, stop, trails }: Holding): number => {
    const known = [...trails, stop ?? NaN].filter((price) => !Number.isNaN(price));
    return known.length === 0 ? NaN : sign > 0 ? Math.max(...known) : Math.min(...known);
  };

  /** `from`: what the bar has at the moment from which on the position is looked at. */
  const protect = (bar: number, from: 'open' | 'limit'): void => {
    if (!holding) return;
    const { sign, stop, target } = holding;
    const nearest = stopOf(holding);
    const reason = nearest === stop ? 'stop' : 'trail';
    const [open, worst] = [price('open', bar), price(sign > 0 ? 'low' : 'high', bar)];
    const best = price(from === 'limit' ? 'close' : sign > 0 ? 'high' : 'low', bar);
    if (from === 'open' && target !== undefined && beyond(open, target, sign)) leave(bar, open, 'target');
    else if (from === 'open' && beyond(open, nearest, -sign)) leave(bar, slip(open, -sign), reason);
    else if (beyond(worst, nearest, -sign)) leave(bar, slip(nearest, -sign), reason);
    else if (target !== undefined && beyond(best, target, sign)) leave(bar, target, 'target');
  };

  const fillMarket = (bar: number, at: number): void => {
    const due = market;
    market = [];
    for (const { action } of due) if (!isEntry(action) && holding?.sign === signOf(action)) leave(bar, slip(at, -signOf(action)), 'signal');
    for (const order of due) if (isEntry(order.action)) enter(order, bar, slip(at, signOf(order.action)));
  };

  const limitOf = ({ action, decided }: Waiting): number => level(action.limit, decided, price('close', decided), -signOf(action)) ?? NaN;

  const fillLimits = (bar: number): void => {
    const due = limits;
    limits = [];
    for (const order of due) {
      const sign = signOf(order.action);
      const at = limitOf(order);
      if (beyond(price(sign > 0 ? 'low' : 'high', bar), at, -sign)) {
        const isBetter = beyond(price('open', bar), at, -sign);
        if (enter(order, bar, isBetter ? price('open', bar) : at)) protect(bar, isBetter ? 'open' : 'limit');
      } else if (bar - order.decided >= (order.action.expires ?? Infinity)) rejected.push(bar);
      else limits.push(order);
    }
  };

  const decide = (bar: number): void => {
    const due = actions.filter((action) => action.when(bar));
    for (const action of due.filter((one) => !isEntry(one))) {
      limits = limits.filter((order) => signOf(order.action) !== signOf(action));
      if (holding?.sign === signOf(action)) market.push({ action, decided: bar });
    }
    const leaving = market.length > 0;
    for (const action of due.filter(isEntry)) {
      if (!leaving && holding?.sign === signOf(action) && holding.parts.length > action.adds) continue;
      if (action.limit && Number.isNaN(limitOf({ action, decided: bar }))) refuse(bar);
      else if (action.limit) limits = [...limits.filter((order) => order.action !== action), { action, decided: bar }];
      else market.push({ action, decided: bar });
    }
  };

  for (let bar = 0; bar < bars.length; bar += 1) {
    fillMarket(bar, price('open', bar));
    protect(bar, 'open');
    fillLimits(bar);
    if (holding) (holding as Holding).seen.push(price('high', bar), price('low', bar));
    if (!over) decide(bar);
    if (settings.fill === 'close') fillMarket(bar, price('close', bar));
    if (holding) {
      const { sign, trail, trails, seen } = holding as Holding;
      if (trail) trails.push('percent' in trail ? (sign > 0 ? Math.max(...seen) : Math.min(...seen)) * (1 - sign * trail.percent) : trail.price(bar));
    }
    if (!over && worth(price('close', bar)) <= 0) {
      over = true;
      leave(bar, slip(price('close', bar), holding === null ? 0 : -(holding as Holding).sign), 'ruin');
      rejected.push(bar);
      market = [];
      limits = [];
    }
    if (bar === bars.length - 1 && settings.closeAtEnd && holding) leave(bar, slip(price('close', bar), -(holding as Holding).sign), 'end');
    equity.push(worth(price('close', bar)));
  }
  return { trades, equity, rejected };
}
