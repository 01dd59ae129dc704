/**
 * A computation on one series, of which machines are built. `na` enters as NaN, by one rule for all: a window starts
 * anew behind it, so that it gives `na` for as long as it would hold one; a recursion gives `na` for that bar and goes
 * on from where it was. Either way the warm-up of a source is passed over.
 */
export interface Cell {
  readonly memory: readonly Float64Array[];
  next(x: number): number;
}

/** A cell that the first `wait` values pass by: where TA-Lib starts a computation later than it could. */
export function afterCell(wait: number, cell: Cell): Cell {
  const passed = new Float64Array(1);
  return {
    memory: [passed, ...cell.memory],
    next: (x) => {
      const count = passed[0] ?? 0;
      if (count >= wait) return cell.next(x);
      if (!Number.isNaN(x)) passed[0] = count + 1;
      return Number.NaN;
    },
  };
}

/** The value `bars` ago, `na` or not. */
export function delayCell(bars: number): Cell {
  const memory = new Float64Array(bars + 1).fill(Number.NaN);
  memory[bars] = 0;
  return {
    memory: [memory],
    next: (x) => {
      if (bars === 0) return x;
      const slot = memory[bars] ?? 0;
      const old = memory[slot] ?? Number.NaN;
      memory[slot] = x;
      memory[bars] = slot + 1 === bars ? 0 : slot + 1;
      return old;
    },
  };
}

/** The largest (`sign` 1) or smallest (-1) of the last `period` values. */
export function extremeCell(period: number, sign: 1 | -1): Cell {
  const queue = extremeQueue(period, sign);
  return { memory: queue.memory, next: (x) => (queue.next(x) ? queue.value() : Number.NaN) };
}

/** How many bars ago it was, the latest time where there were several. */
export function extremeAgeCell(period: number, sign: 1 | -1): Cell {
  const queue = extremeQueue(period, sign);
  return { memory: queue.memory, next: (x) => (queue.next(x) ? queue.age() : Number.NaN) };
}

/**
 * A slot of a ring, given one less than a round too far. (The remainder of numbers that are not known to be whole takes
 * ten times as long.)
 */
export const wrap = (slot: number, size: number): number => (slot >= size ? slot - size : slot);

/** The least power of two that is not below `slots`: a slot of such a ring is found without a division. */
export const ringSize = (slots: number): number => 1 << (32 - Math.clz32(slots - 1));

interface ExtremeQueue {
  readonly memory: readonly Float64Array[];
  /** Takes a value; whether the window is full and free of `na`. */
  next(x: number): boolean;
  value(): number;
  age(): number;
}

/** A queue of candidates, each value enters and leaves it once. */
function extremeQueue(period: number, sign: 1 | -1): ExtremeQueue {
  // Candidates as a ring of values and one of their bars; then: first, how many, the bar, the bar behind the last na.
  const memory = new Float64Array(2 * period + 4);
  const [first, count, bar, since] = [2 * period, 2 * period + 1, 2 * period + 2, 2 * period + 3];
  return {
    memory: [memory],
    next: (x) => {
      const now = memory[bar] ?? 0;
      memory[bar] = now + 1;
      if (Number.isNaN(x)) {
        memory[count] = 0;
        memory[since] = now + 1;
        return false;
      }
      let head = memory[first] ?? 0;
      let size = memory[count] ?? 0;
      if (size > 0 && (memory[period + head] ?? 0) <= now - period) {
        head = head + 1 === period ? 0 : head + 1;
        size -= 1;
      }
      while (size > 0 && ((memory[wrap(head + size - 1, period)] ?? 0) - x) * sign <= 0) size -= 1;
      const tail = wrap(head + size, period);
      memory[tail] = x;
      memory[period + tail] = now;
      memory[first] = head;
      memory[count] = size + 1;
      return now - (memory[since] ?? 0) + 1 >= period;
    },
    value: () => memory[memory[first] ?? 0] ?? Number.NaN,
    age: () => (memory[bar] ?? 0) - 1 - (memory[period + (memory[first] ?? 0)] ?? 0),
  };
}

/**
 * A measure of the last `period` values in the order in which they lie in a ring, which is that of TA-Lib's; `x` is the
 * newest.
 */
export function ringCell(period: number, measure: (ring: Float64Array, x: number) => number): Cell {
  // The ring, then: where the next goes, how many.
  const ring = new Float64Array(period + 2);
  return {
    memory: [ring],
    next: (x) => {
      if (Number.isNaN(x)) {
        ring.fill(0);
        return Number.NaN;
      }
      const slot = ring[period] ?? 0;
      ring[slot] = x;
      ring[period] = slot + 1 === period ? 0 : slot + 1;
      const filled = Math.min((ring[period + 1] ?? 0) + 1, period);
      ring[period + 1] = filled;
      return filled < period ? Number.NaN : measure(ring, x);
    },
  };
}
