import { bytesInWords } from './bytes-in-words.ts';
import { estimateRun, type Estimate, type EstimateRequest } from './estimate.ts';

/** What a run may take. */
export interface CostBounds {
  /** Milliseconds of one thread. */
  readonly runTime: number;
  readonly runBytes: number;
}

/** A run's estimate, and why it is too much, in words; null when it is not. The same before the start and at it. */
export interface Cost extends Estimate {
  readonly tooMuch: string | null;
}

export const costOf = (request: EstimateRequest, bounds: CostBounds): Cost =>
  costOfEstimate(estimateRun(request), request, bounds);

/** The same for what is estimated already. */
export function costOfEstimate(
  { time, bytes }: Estimate,
  request: Pick<EstimateRequest, 'bars' | 'candidates' | 'windows'>,
  { runTime, runBytes }: CostBounds,
): Cost {
  const settings = `${request.candidates.toLocaleString('en')} ${request.candidates === 1 ? 'setting' : 'settings'} over ${request.bars.toLocaleString('en')} bars${request.windows ? ', window by window,' : ''}`;
  const advice = 'take fewer bars, fewer settings, or longer windows out of sample.';
  const tooMuch =
    time > runTime
      ? `${settings} would compute for about ${timeInWords(time)}, and your plan allows ${timeInWords(runTime)} a run: ${advice}`
      : bytes > runBytes
        ? `${settings} would need about ${bytesInWords(bytes)} of memory, and a run may take ${bytesInWords(runBytes)}: ${advice}`
        : null;
  return { time, bytes, tooMuch };
}

/** Rounded up to seconds, then to minutes and hours. */
export function timeInWords(milliseconds: number): string {
  if (milliseconds <= 1000) return '1 second';
  if (milliseconds < 120_000) return `${Math.ceil(milliseconds / 1000)} seconds`;
  return milliseconds < 7_200_000
    ? `${Math.round(milliseconds / 60_000)} minutes`
    : `${Math.round(milliseconds / 3_600_000).toLocaleString('en')} hours`;
}
