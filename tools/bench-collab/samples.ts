/** What of so many samples a share lies under. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** The medians of two figures, measured in turns, so that what slows the machine for a while slows both. */
export async function takeTurns(
  rounds: number,
  first: () => Promise<number>,
  second: () => Promise<number>,
): Promise<readonly [number, number]> {
  const [firsts, seconds]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    // Who goes second may find a warmer house.
    for (const isFirst of round % 2 === 0 ? [true, false] : [false, true]) {
      if (isFirst) firsts.push(await first());
      else seconds.push(await second());
    }
  }
  return [percentile(firsts, 0.5), percentile(seconds, 0.5)];
}
