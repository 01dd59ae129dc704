import type { Bars } from '#core/market/bars.ts';
import type { ExitReason } from '#core/trading/fill.ts';
import type { Settings } from '../outcome/settings.ts';
import { exact, inDigits, largerOf, sumOf, through, times, toNumber, type Exact } from './exact.ts';
import { isEntry, signOf, type NaiveAction, type NaiveLevel, type NaiveRun } from './naive-action.ts';

interface Waiting {
  readonly action: NaiveAction;
  readonly decided: number;
}

interface Holding {
  readonly sign: 1 | -1;
  readonly bar: number;
  readonly parts: { readonly units: Exact; readonly price: number; readonly commission: Exact }[];
  /** Every price seen since the entry. */
  readonly seen: number[];
  /** Who set them last. */
  stop?: Waiting | undefined;
  target?: Waiting | undefined;
  /** The order that set it: a fraction is that of its close. */
  trail?: Waiting | undefined;
  /** Every place where the trailing stop has been; the nearest holds. */
  trails: number[];
}

const isPrice = (value: number): boolean => value > 0 && value < Infinity;
/** A price and a fraction of it, in as many digits as people reckon with. */
const moved = (price: number, fraction: number): number => {
  if (fraction === 0 || !Number.isFinite(price * fraction)) return price + price * fraction;
  return inDigits(toNumber(times(exact(price), exact(1) + exact(fraction))));
};
const beyond = (a: number, b: number, sign: number): boolean => (sign > 0 ? a >= b : a <= b);

/**
 * *Time and fills* once more, written from the rules and as plainly as possible: lists that are added up again each
 * time, nothing kept that could be computed, money and units as exact decimals, each bar walked along its way. The
 * engine must agree with it trade by trade.
 */
export function simulateNaively(actions: readonly NaiveAction[], bars: Bars, settings: Settings): NaiveRun {
  /** What was paid and taken, the start first. */
  const paid = [exact(settings.cash)];
  const run: NaiveRun = { trades: [], equity: [], rejected: [], signals: [] };
  let holding: Holding | null = null;
  let market: Waiting[] = [];
  let limits: Waiting[] = [];
  let over = false;

  const price = (column: 'open' | 'high' | 'low' | 'close', bar: number): number => bars[column][bar] ?? NaN;
  const leverage = exact(settings.leverage);
  const lot = exact(settings.lot);
  const [ratio, fixed, minimum] = [
    exact(settings.commission),
    exact(settings.commissionFixed),
    exact(settings.commissionMinimum),
  ];
  const commission = (units: Exact, at: Exact): Exact => largerOf(minimum, times(times(units, at), ratio) + fixed);
  const heldBy = ({ parts }: Holding): Exact => sumOf(parts.map(({ units }) => units));
  const costOf = ({ parts }: Holding): Exact =>
    sumOf(parts.map(({ units, price: paidFor }) => times(units, exact(paidFor))));
  const held = (): Exact => (holding ? heldBy(holding) : 0n);
  const cash = (): Exact => sumOf(paid);
  const worth = (at: number): Exact => cash() + (holding ? BigInt(holding.sign) * times(held(), exact(at)) : 0n);
  const slip = (at: number, sign: number): number => moved(at, sign * settings.slippage);
  const averageOf = (of: Holding): number => toNumber(through(costOf(of), heldBy(of)));

  const refuse = (bar: number): void => void run.rejected.push(bar);
  const end = (bar: number): void => {
    over = true;
    market = [];
    limits = [];
    refuse(bar);
  };

  const leave = (bar: number, at: number, reason: ExitReason): void => {
    if (!holding) return;
    const { sign, parts, seen } = holding;
    const units = held();
    const entryPrice = averageOf(holding);
    const taken = BigInt(sign) * times(units, exact(at)) - commission(units, exact(at));
    const net = taken - BigInt(sign) * costOf(holding) - sumOf(parts.map((part) => part.commission));
    paid.push(taken);
    const moves = [...seen, at].map((value) => (sign * (value - entryPrice)) / entryPrice);
    run.trades.push({
      side: sign > 0 ? 'long' : 'short',
      units: toNumber(units),
      entryBar: holding.bar,
      exitBar: bar,
      entryPrice,
      exitPrice: at,
      reason,
      net: toNumber(net),
      mae: Math.min(...moves),
      mfe: Math.max(...moves),
    });
    holding = null;
    if (!over && (reason === 'ruin' || cash() <= 0n)) end(bar);
  };

  const level = (given: NaiveLevel | undefined, decided: number, from: number, sign: number): number =>
    given === undefined
      ? NaN
      : 'percent' in given
        ? moved(from, sign * given.percent(decided))
        : levelPrice(given, decided);

  const levelPrice = (given: Exclude<NaiveLevel, { percent: unknown }>, bar: number): number => {
    if ('price' in given) return priceAt(given.price(bar), bar);
    return isPrice(given.constant) ? inDigits(given.constant) : given.constant;
  };

  /**
   * A level in as many digits as the market's prices have: 15 of the high, if that is much larger, or those of doubles.
   */
  const priceAt = (value: number, bar: number): number => {
    const isDecimal = (one: number): boolean => Number(one.toPrecision(15)) === one;
    const areDecimals = (['open', 'high', 'low', 'close'] as const).every((name) => isDecimal(price(name, bar)));
    if (!areDecimals || !isPrice(value)) return value;
    const high = price('high', bar);
    return value < high / 2 ? Number(value.toFixed(14 - Math.floor(Math.log10(high)))) : inDigits(value);
  };

  const limitOf = ({ action, decided }: Waiting): number =>
    level(action.limit, decided, price('close', decided), -signOf(action));

  /** The most that costs no more than `money`: the commission is the minimum, or it is the fraction. */
  const affordable = (money: Exact, at: Exact): Exact => {
    const atMinimum = through(money - minimum, at);
    const byFraction = through(money - fixed, at + times(at, ratio));
    return atMinimum < byFraction ? atMinimum : byFraction;
  };

  const sizeOf = ({ action, decided }: Waiting, filledAt: number): Exact => {
    const at = exact(filledAt);
    const equity = worth(filledAt);
    const free = times(equity, leverage) - times(held(), at);
    const { kind } = action.size;
    const value = exact(inDigits(action.size.value(decided)));
    const stop = level(action.stop, decided, filledAt, -signOf(action));
    const part = times(value, equity);
    const wanted = {
      fraction: () => affordable(part < free ? part : free, at),
      free: () => affordable(times(value, free), at),
      units: () => value,
      cash: () => affordable(value, at),
      risk: () =>
        Number.isNaN(stop) || stop === filledAt ? 0n : through(part, largerOf(at - exact(stop), exact(stop) - at)),
    }[kind]();
    // Without lots "all of it" is a quotient, which has no last digit.
    const hair = through(times(equity, leverage), exact(1e13));
    if (wanted <= 0n || (kind !== 'units' && kind !== 'cash' && free <= hair)) return 0n;
    const units = lot > 0n ? wanted - (wanted % lot) : exact(toNumber(wanted));
    return times(units, at) + commission(units, at) <= free + hair ? units : 0n;
  };

  const isThere = (given: NaiveLevel | undefined, decided: number): boolean =>
    given !== undefined && !Number.isNaN(level(given, decided, 1, 1));

  /** Whether something is `na` that neither the order nor the position has. */
  const lacks = ({ action, decided }: Waiting, held: Holding | null = holding): boolean =>
    (action.stop !== undefined && !isThere(action.stop, decided) && !held?.stop) ||
    (action.target !== undefined && !isThere(action.target, decided) && !held?.target) ||
    (action.trail !== undefined && !isThere(action.trail, decided) && !held?.trail);

  const enter = (order: Waiting, bar: number, at: number): void => {
    const { action, decided } = order;
    const sign = signOf(action);
    if (holding && holding.sign !== sign) leave(bar, at, 'reversed');
    if (over || (holding && holding.parts.length > action.adds)) return;
    const units = sizeOf(order, at);
    if (units === 0n || lacks(order)) return refuse(bar);
    const cost = commission(units, exact(at));
    holding ??= { sign, bar, parts: [], seen: [], trails: [] };
    paid.push(-BigInt(sign) * times(units, exact(at)) - cost);
    holding.parts.push({ units, price: at, commission: cost });
    holding.seen.push(at);
    if (isThere(action.stop, decided)) holding.stop = order;
    if (isThere(action.target, decided)) holding.target = order;
    if (action.trail && isThere(action.trail, decided)) {
      holding.trail = order;
      holding.trails.push(level(action.trail, decided, at, -sign));
    }
  };

  const targetOf = (of: Holding): number =>
    of.target ? level(of.target.action.target, of.target.decided, averageOf(of), of.sign) : NaN;

  /**
   * What takes the position off on its bad side: the nearest of stop, trailing stop and the price at which nothing is
   * left.
   */
  const stopOf = (of: Holding): { price: number; reason: ExitReason } => {
    const { sign, stop, trails } = of;
    const places: { price: number; reason: ExitReason }[] = [
      { price: stop ? level(stop.action.stop, stop.decided, averageOf(of), -sign) : NaN, reason: 'stop' },
      ...trails.map((place) => ({ price: place, reason: 'trail' as const })),
      { price: inDigits(toNumber(through(-BigInt(sign) * cash(), heldBy(of)))), reason: 'ruin' },
    ];
    return places.reduce((nearest, place) =>
      Number.isNaN(nearest.price) || (place.price - nearest.price) * sign > 0 ? place : nearest,
    );
  };

  /** The position leaves where the price already is beyond what takes it off. */
  const leaveIfBeyond = (bar: number, at: number): void => {
    if (!holding) return;
    const { sign } = holding;
    const stop = stopOf(holding);
    if (beyond(at, targetOf(holding), sign)) leave(bar, at, 'target');
    else if (beyond(at, stop.price, -sign)) leave(bar, slip(at, -sign), stop.reason);
  };

  const fill = (order: Waiting, bar: number, at: number): void => {
    limits = limits.filter((other) => other !== order);
    enter(order, bar, at);
    leaveIfBeyond(bar, at);
  };

  const fillMarket = (bar: number, at: number): void => {
    const due = market;
    market = [];
    for (const { action } of due)
      if (!isEntry(action) && holding?.sign === signOf(action)) leave(bar, slip(at, -signOf(action)), 'signal');
    for (const order of due) if (isEntry(order.action) && !over) enter(order, bar, slip(at, signOf(order.action)));
  };

  /** The price goes from one to another: whatever lies between is met in turn. */
  const go = (bar: number, from: number, to: number): void => {
    const isDown = to < from;
    let at = from;
    for (;;) {
      const met: { price: number; act: () => void }[] = [];
      if (holding) {
        const { sign } = holding;
        const stop = stopOf(holding);
        const target = targetOf(holding);
        if (sign > 0 === isDown)
          met.push({ price: stop.price, act: () => leave(bar, slip(stop.price, -sign), stop.reason) });
        else met.push({ price: target, act: () => leave(bar, target, 'target') });
      }
      for (const order of limits)
        if (signOf(order.action) > 0 === isDown)
          met.push({ price: limitOf(order), act: () => fill(order, bar, limitOf(order)) });
      const next = met
        .filter((one) => beyond(one.price, at, isDown ? -1 : 1) && beyond(to, one.price, isDown ? -1 : 1))
        .sort((a, b) => Math.abs(a.price - at) - Math.abs(b.price - at))[0];
      if (!next) break;
      at = next.price;
      next.act();
    }
    if (holding) (holding as Holding).seen.push(to);
  };

  /** Which extreme comes first. */
  const isLowFirst = (bar: number): boolean => {
    const worst = (sign: number): number => price(sign > 0 ? 'low' : 'high', bar);
    if (holding && beyond(worst(holding.sign), stopOf(holding).price, -holding.sign)) return holding.sign > 0;
    const reached = limits.filter((order) =>
      beyond(worst(signOf(order.action)), limitOf(order), -signOf(order.action)),
    );
    const last = reached.find(({ action }) => signOf(action) === holding?.sign) ?? reached[0];
    return last ? signOf(last.action) < 0 : holding === null || holding.sign > 0;
  };

  const decide = (bar: number): void => {
    const due = actions.filter((action) => action.when(bar));
    for (const action of due.filter((one) => !isEntry(one))) {
      limits = limits.filter((order) => signOf(order.action) !== signOf(action));
      if (holding?.sign !== signOf(action) || market.length > 0) continue;
      market.push({ action, decided: bar });
      run.signals.push({ bar, kind: action.kind });
    }
    const isLeaving = market.length > 0;
    // What there will be once the orders of this bar are filled.
    let sign: number = isLeaving || !holding ? 0 : holding.sign;
    let parts = isLeaving || !holding ? 0 : holding.parts.length;
    for (const action of due.filter(isEntry)) {
      if (!isLeaving && holding?.sign === signOf(action) && holding.parts.length > action.adds) continue;
      const order = { action, decided: bar };
      const levels = [action.stop, action.target && { ...action.target, isTarget: true }, action.trail].flatMap(
        (given) => (given ? [level(given, bar, 1, 'isTarget' in given ? signOf(action) : -signOf(action))] : []),
      );
      const value = action.size.value(bar);
      const adds = !isLeaving && holding?.sign === signOf(action);
      if (
        (signOf(action) < 0 && !settings.short) ||
        !(value > 0) ||
        lacks(order, adds ? holding : null) ||
        !levels.every((one) => Number.isNaN(one) || isPrice(one)) ||
        (action.limit && !isPrice(limitOf(order)))
      ) {
        refuse(bar);
        continue;
      }
      const isAllowed = sign !== signOf(action) || parts <= action.adds;
      if (!action.limit) {
        market.push(order);
        parts = sign === signOf(action) ? parts + (isAllowed ? 1 : 0) : 1;
        sign = signOf(action);
        if (isAllowed) run.signals.push({ bar, kind: action.kind });
        continue;
      }
      const told = (one: Waiting): string =>
        JSON.stringify([
          limitOf(one),
          one.action.size.value(one.decided),
          ...[action.stop, action.target, action.trail].map(
            (given) => given && ('percent' in given ? given.percent(one.decided) : level(given, one.decided, 1, 1)),
          ),
        ]);
      const before = limits.find((one) => one.action === action);
      limits = [...limits.filter((one) => one !== before), order];
      if (isAllowed && (!before || told(before) !== told(order))) run.signals.push({ bar, kind: action.kind });
    }
  };

  for (let bar = 0; bar < bars.length; bar += 1) {
    const open = price('open', bar);
    fillMarket(bar, open);
    leaveIfBeyond(bar, open);
    for (const order of limits)
      if (!over && beyond(open, limitOf(order), -signOf(order.action))) fill(order, bar, open);
    if (holding) (holding as Holding).seen.push(open);
    const [first, second] = isLowFirst(bar)
      ? [price('low', bar), price('high', bar)]
      : [price('high', bar), price('low', bar)];
    go(bar, open, first);
    go(bar, first, second);
    go(bar, second, price('close', bar));
    limits = limits.filter((order) => {
      const isLate = bar - order.decided >= (order.action.expires ?? Infinity);
      if (isLate) refuse(bar);
      return !isLate;
    });
    if (!over) decide(bar);
    if (settings.fill === 'close' && market.length > 0) {
      fillMarket(bar, price('close', bar));
      leaveIfBeyond(bar, price('close', bar));
    }
    if (holding) {
      const { sign, trail, trails, seen } = holding as Holding;
      const given = trail?.action.trail;
      const place = !given
        ? NaN
        : 'percent' in given
          ? level(given, trail?.decided ?? NaN, sign > 0 ? Math.max(...seen) : Math.min(...seen), -sign)
          : levelPrice(given, bar);
      if (isPrice(place)) trails.push(place);
    }
    if (holding && worth(price('close', bar)) <= 0n)
      leave(bar, slip(price('close', bar), -(holding as Holding).sign), 'ruin');
    if (bar === bars.length - 1 && settings.closeAtEnd && holding)
      leave(bar, slip(price('close', bar), -(holding as Holding).sign), 'end');
    run.equity.push(toNumber(worth(price('close', bar))));
  }
  return run;
}
