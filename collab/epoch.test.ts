import { expect, test } from 'vitest';
import { beganEarlier, firstClient, FIRST_EPOCH } from './epoch.ts';

const LAST = '0190b2c4-5f7e-7000-8000-0000ffffffff';

test('a client shows of which epoch a document is, also where ids wrap around', () => {
  for (const formulaId of [LAST, '6f1c0c8e-1d8b-4f6e-9b0a-3d1f2a7b4c5d']) {
    const clients = [1, 2, 3, 4].map((epoch) => firstClient(formulaId, epoch));
    expect(clients.map((client) => beganEarlier(client, formulaId, 3))).toEqual([true, true, false, false]);
    expect(beganEarlier(firstClient(formulaId, 0), formulaId, 3)).toBe(false);
    expect(beganEarlier(firstClient(formulaId, FIRST_EPOCH), formulaId, FIRST_EPOCH)).toBe(false);
    expect(Math.max(...clients)).toBeLessThan(2 ** 32);
  }
});

test('documents of two formulas are begun by two clients', () => {
  expect(firstClient(LAST, 1)).not.toBe(firstClient('0190b2c4-5f7e-7000-8000-000000000001', 1));
});
