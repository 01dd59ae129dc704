import { wrap } from './cells.ts';

/** On which bar the largest or smallest of the last `period` values was, counted from the first bar of all. */
export interface ExtremeIndex {
  readonly memory: readonly Float64Array[];
  /** Takes a value and gives the bar, `na` while the window holds less than `period` values or a missing one. */
  next(x: number): number;
}

/**
 * Among equal values TA-Lib names the newest as they come in, but the oldest when it has to look for another because
 * the one it had named left the window. So both are kept: a queue of candidates with the oldest first, each value
 * entering and leaving it once, and the bar that is named.
 */
export function extremeIndex(period: number, sign: 1 | -1): ExtremeIndex {
  // Candidates as a ring of values and one of their bars; then: first, how many, the bar, the bar behind the last na,
  // the bar named, its value.
  const memory = new Float64Array(2 * period + 6);
  const [first, count, bar, since, named, value] = [
    2 * period,
    2 * period + 1,
    2 * period + 2,
    2 * period + 3,
    2 * period + 4,
    2 * period + 5,
  ];
  memory[named] = -1;
  return {
    memory: [memory],
    next: (x) => {
      const now = memory[bar] ?? 0;
      memory[bar] = now + 1;
      if (Number.isNaN(x)) {
        memory[count] = 0;
        memory[since] = now + 1;
        memory[named] = -1;
        return Number.NaN;
      }
      let head = memory[first] ?? 0;
      let size = memory[count] ?? 0;
      if (size > 0 && (memory[period + head] ?? 0) <= now - period) {
        head = head + 1 === period ? 0 : head + 1;
        size -= 1;
      }
      while (size > 0 && ((memory[wrap(head + size - 1, period)] ?? 0) - x) * sign < 0) size -= 1;
      const tail = wrap(head + size, period);
      memory[tail] = x;
      memory[period + tail] = now;
      memory[first] = head;
      memory[count] = size + 1;
      if (now - (memory[since] ?? 0) + 1 < period) return Number.NaN;
      if ((memory[named] ?? -1) <= now - period) {
        memory[named] = memory[period + head] ?? 0;
        memory[value] = memory[head] ?? 0;
      } else if ((x - (memory[value] ?? 0)) * sign >= 0) {
        memory[named] = now;
        memory[value] = x;
      }
      return memory[named] ?? Number.NaN;
    },
  };
}
