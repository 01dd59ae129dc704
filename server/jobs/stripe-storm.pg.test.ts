import { expect, it } from 'vitest';
import { testApi } from '#server/testing/test-api.ts';
import { setInstallationPlan } from '#server/use-cases/billing/settle-plan.ts';
import { runStorm } from './testing/stripe-storm.ts';

const api = testApi();

/** The next of numbers that are the same at each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

it('events in any order, some twice and some forged, while a worker is killed: every plan is right in the end', async () => {
  await setInstallationPlan(api.db, 'free');
  const storm = { events: 300, doubled: 0.2, badlySigned: 0.05, kills: 1, random: numbers(7) };
  const { accepted, refused, wrongPlans, stillOpen } = await runStorm(api.runtime, api.database.urls, storm);
  expect({ accepted, refused, wrongPlans, stillOpen }).toEqual({
    accepted: 360,
    refused: 15,
    wrongPlans: [],
    stillOpen: 0,
  });
}, 180_000);
