/** A fall below a peak, until equity was back at it or the run ended. */
export interface DrawdownEpisode {
  /** The first bar below the peak. */
  readonly from: number;
  readonly bars: number;
  /** At its deepest, as a negative fraction. */
  readonly depth: number;
}

export function drawdownEpisodes(drawdown: Float64Array): DrawdownEpisode[] {
  const episodes: DrawdownEpisode[] = [];
  let from = -1;
  let depth = 0;
  for (let bar = 0; bar < drawdown.length; bar += 1) {
    const value = drawdown[bar] ?? 0;
    if (value < 0) {
      if (from < 0) from = bar;
      if (value < depth) depth = value;
    } else if (from >= 0) {
      episodes.push({ from, bars: bar - from, depth });
      from = -1;
      depth = 0;
    }
  }
  if (from >= 0) episodes.push({ from, bars: drawdown.length - from, depth });
  return episodes;
}
