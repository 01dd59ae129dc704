import type { KernelBlock } from '../../model/block.ts';
import type { Cell } from '../kit/cells.ts';
import { cyclePhase, sineOf } from '../kit/cycle-phase.ts';
import { CYCLE_LOOKBACK } from '../kit/cycle.ts';
import { cellKernel } from '../kit/kernel.ts';
import { guaranteed, SOURCE, TALIB } from '../kit/ports.ts';
import { trendline } from '../kit/trendline.ts';

/**
 * A trend unless the lines of the sine wave crossed within half a cycle, or the phase goes on as it would in a cycle;
 * and always where the smoothed price is 1.5% or more from the trendline.
 */
function trendMode(): Cell {
  const line = trendline();
  const { cycle } = line;
  const phase = cyclePhase();
  // The sine and the lead sine of the last bar, its phase, and the bars since the two lines crossed.
  const memory = new Float64Array(4);
  const isTrend = (): boolean => {
    const [sineBefore, leadBefore, phaseBefore] = [memory[0] ?? 0, memory[1] ?? 0, memory[2] ?? 0];
    const degrees = phase.next(cycle);
    const [sine, lead] = [sineOf(degrees), sineOf(degrees + 45)];
    const crossed = (sine > lead && sineBefore <= leadBefore) || (sine < lead && sineBefore >= leadBefore);
    const days = crossed ? 1 : (memory[3] ?? 0) + 1;
    memory[0] = sine;
    memory[1] = lead;
    memory[2] = degrees;
    memory[3] = days;
    if (line.value() !== 0 && Math.abs((cycle.smoothed() - line.value()) / line.value()) >= 0.015) return true;
    if (crossed || days < 0.5 * cycle.length()) return false;
    const change = degrees - phaseBefore;
    const asInCycle =
      cycle.length() !== 0 && change > (0.67 * 360) / cycle.length() && change < (1.5 * 360) / cycle.length();
    return !asInCycle;
  };
  return {
    memory: [...line.memory, ...phase.memory, memory],
    next: (x) => {
      const state = line.next(x);
      if (state === 'warming up') return Number.NaN;
      const trend = isTrend();
      if (state === 'computing') return Number.NaN;
      return trend ? 1 : 0;
    },
  };
}

export const htTrendmode: KernelBlock = {
  kind: 'kernel',
  name: 'ht_trendmode',
  title: 'Trend or cycle',
  group: 'indicators',
  help: '1 while the price trends, 0 while it cycles, by the Hilbert transform.',
  source: TALIB,
  inputs: [SOURCE],
  outputs: guaranteed({ min: 0, max: 1, integer: true }),
  unit: 'plain',
  lookback: () => CYCLE_LOOKBACK,
  kernel: cellKernel(trendMode),
};
