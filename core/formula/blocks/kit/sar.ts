/**
 * How fast a stop follows on one side of the market: where its acceleration begins, what each new extreme adds, and the
 * most it may be.
 */
export interface Acceleration {
  readonly start: number;
  readonly step: number;
  readonly most: number;
}

/** Wilder's parabolic stop and reverse. */
export interface ParabolicStop {
  readonly memory: readonly Float64Array[];
  /** Takes a bar. False on the first. */
  next(high: number, low: number): boolean;
  /** The stop. */
  stop(): number;
  /** Whether it is the stop of a long position. */
  isLong(): boolean;
}

export interface ParabolicSettings {
  /** Where the stop begins: long above 0, short below, and at 0 by the direction of the first two bars. */
  readonly startValue: number;
  /** By which share of itself it moves away from the price when it reverses. */
  readonly offsetOnReverse: number;
  readonly long: Acceleration;
  readonly short: Acceleration;
}

const coherent = ({ start, step, most }: Acceleration): Acceleration => ({
  start: Math.min(start, most),
  step: Math.min(step, most),
  most,
});

/** A bar with a missing price is passed over. */
export function parabolicStop({ startValue, offsetOnReverse, ...sides }: ParabolicSettings): ParabolicStop {
  const [long, short] = [coherent(sides.long), coherent(sides.short)];
  // 1 for long and 0 for short, the stop of the next bar, the extreme, the acceleration, the last high and low, the
  // bars, the stop of this bar.
  const memory = new Float64Array(8);
  const [side, ahead, extreme, speed, lastHigh, lastLow, bars, now] = [0, 1, 2, 3, 4, 5, 6, 7];

  const begin = (high: number, low: number): void => {
    const [highBefore, lowBefore] = [memory[lastHigh] ?? 0, memory[lastLow] ?? 0];
    const down = lowBefore - low;
    const isShort = startValue === 0 ? down > 0 && high - highBefore < down : startValue < 0;
    memory[side] = isShort ? 0 : 1;
    memory[extreme] = isShort ? low : high;
    memory[ahead] = startValue === 0 ? (isShort ? highBefore : lowBefore) : Math.abs(startValue);
    memory[speed] = isShort ? short.start : long.start;
    // The first stop is held against its own bar alone.
    memory[lastHigh] = high;
    memory[lastLow] = low;
  };

  /**
   * One bar of a position. With `sign` -1 the prices of a short one come mirrored at zero, so that it is a long one
   * here.
   */
  const move = (
    sign: 1 | -1,
    bar: { readonly high: number; readonly low: number; readonly highBefore: number; readonly lowBefore: number },
  ): void => {
    const [own, other] = sign === 1 ? [long, short] : [short, long];
    const stop = sign * (memory[ahead] ?? 0);
    const best = sign * (memory[extreme] ?? 0);
    if (bar.low <= stop) {
      const reached = Math.max(best, bar.highBefore, bar.high);
      const reversed = offsetOnReverse === 0 ? reached : reached + sign * (reached * offsetOnReverse);
      memory[now] = sign * reversed;
      memory[side] = sign === 1 ? 0 : 1;
      memory[speed] = other.start;
      memory[extreme] = sign * bar.low;
      memory[ahead] = sign * Math.max(reversed + other.start * (bar.low - reversed), bar.highBefore, bar.high);
      return;
    }
    memory[now] = sign * stop;
    if (bar.high > best) memory[speed] = Math.min((memory[speed] ?? 0) + own.step, own.most);
    const furthest = Math.max(best, bar.high);
    memory[extreme] = sign * furthest;
    memory[ahead] = sign * Math.min(stop + (memory[speed] ?? 0) * (furthest - stop), bar.lowBefore, bar.low);
  };

  return {
    memory: [memory],
    next: (high, low) => {
      if (Number.isNaN(high) || Number.isNaN(low)) return false;
      const count = memory[bars] ?? 0;
      memory[bars] = Math.min(count + 1, 2);
      if (count === 1) begin(high, low);
      if (count > 0) {
        const [highBefore, lowBefore] = [memory[lastHigh] ?? 0, memory[lastLow] ?? 0];
        if (memory[side] === 1) move(1, { high, low, highBefore, lowBefore });
        else move(-1, { high: -low, low: -high, highBefore: -lowBefore, lowBefore: -highBefore });
      }
      memory[lastHigh] = high;
      memory[lastLow] = low;
      return count > 0;
    },
    stop: () => memory[now] ?? 0,
    isLong: () => memory[side] === 1,
  };
}
