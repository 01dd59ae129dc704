import type { CDPSession, Page } from '@playwright/test';
import { percentile } from '#tools/bench-collab/samples.ts';

/** Milliseconds of the main thread, by Chromium's clock of threads: what else the machine does hardly counts. */
export interface Costs {
  /** Reads how much the main thread has done so far. */
  read(): Promise<number>;
}

export async function costsOf(page: Page): Promise<Costs> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    read: async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
    },
  };
}

/** Two frames: what a gesture has caused is painted. */
const settle = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));

/** What a step costs: rounds of so many steps, each followed by a frame; the median of the rounds. */
export async function costOfStep(
  page: Page,
  costs: Costs,
  step: (index: number) => Promise<void>,
  { rounds = 5, steps = 12 }: { readonly rounds?: number; readonly steps?: number } = {},
): Promise<number> {
  const samples: number[] = [];
  let index = 0;
  for (let round = 0; round < rounds; round += 1) {
    const before = await costs.read();
    for (let count = 0; count < steps; count += 1) {
      await step((index += 1));
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    await settle(page);
    samples.push(((await costs.read()) - before) / steps);
  }
  return percentile(samples, 0.5);
}
