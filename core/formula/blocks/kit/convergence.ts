import type { Kernel, Params } from '../../model/block.ts';
import { finite } from './finite.ts';
import { kernelOf } from './kernel.ts';
import { numbers } from './ports.ts';
import type { Stage } from './stage.ts';

export const MACD_OUTPUTS = numbers({
  macd: 'The fast average less the slow one.',
  signal: 'The average of that.',
  hist: 'The one less the other.',
});

/** Gerald Appel's convergence and divergence of two averages. All outputs begin with the signal. */
export const convergenceKernel = (
  averages: (params: Params) => Readonly<Record<'fast' | 'slow' | 'signal', Stage>>,
): Kernel =>
  kernelOf(
    (params) => {
      const stages = averages(params);
      const [fast, slow, signal] = [stages.fast.start(), stages.slow.start(), stages.signal.start()];
      return {
        memory: [...fast.memory, ...slow.memory, ...signal.memory],
        step: (values, out) => {
          const x = values[0] ?? Number.NaN;
          const line = fast.next(x) - slow.next(x);
          const average = signal.next(line);
          out[0] = Number.isNaN(average) ? average : finite(line);
          out[1] = finite(average);
          out[2] = finite(line - average);
        },
      };
    },
    (params, [source], [macd, signal, hist], length) => {
      if (!source || !macd || !signal || !hist) return;
      const stages = averages(params);
      stages.fast.column(source, macd, length);
      stages.slow.column(source, hist, length);
      for (let bar = 0; bar < length; bar += 1) macd[bar] = (macd[bar] ?? Number.NaN) - (hist[bar] ?? Number.NaN);
      stages.signal.column(macd, signal, length);
      for (let bar = 0; bar < length; bar += 1) {
        const [line, average] = [macd[bar] ?? Number.NaN, signal[bar] ?? Number.NaN];
        macd[bar] = Number.isNaN(average) ? average : finite(line);
        signal[bar] = finite(average);
        hist[bar] = finite(line - average);
      }
    },
  );
