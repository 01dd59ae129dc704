/** Milliseconds a run, the median of as many as fit into the time, five at the least; the first two warm up. */
export function medianOf(run: () => void, time = 1500): number {
  for (let i = 0; i < 2; i += 1) run();
  const samples: number[] = [];
  const begin = performance.now();
  while (samples.length < 5 || performance.now() - begin < time) {
    const start = performance.now();
    run();
    samples.push(performance.now() - start);
  }
  return samples.sort((a, b) => a - b)[samples.length >> 1] ?? Number.NaN;
}

/** Milliseconds of one run, for what takes long. */
export async function timeOf(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

export function succeed<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
