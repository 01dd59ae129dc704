import type { Cell } from './cells.ts';
import { finite, type Machine } from './kernel.ts';
import { numbers } from './ports.ts';

export const MACD_OUTPUTS = numbers({ macd: 'The fast average less the slow one.', signal: 'The average of that.', hist: 'The one less the other.' });

/** Gerald Appel's convergence and divergence of two averages. All begin with the signal. */
export const convergence = (fast: Cell, slow: Cell, signal: Cell): Machine => ({
  memory: [...fast.memory, ...slow.memory, ...signal.memory],
  step: (values, out) => {
    const x = values[0] ?? Number.NaN;
    const line = fast.next(x) - slow.next(x);
    const average = signal.next(line);
    out[0] = Number.isNaN(average) ? Number.NaN : finite(line);
    out[1] = finite(average);
    out[2] = finite(line - average);
  },
});
