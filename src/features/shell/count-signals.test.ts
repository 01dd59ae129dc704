import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSignalCounter } from './count-signals.ts';

it('counts each signal once, whenever the list is asked for again', () => {
  fc.assert(
    fc.property(
      // Bars with so many signals each, and behind which signals the list is asked for again.
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }),
      fc.func(fc.boolean()),
      (bars, isAskedAgain) => {
        const { count } = createSignalCounter();
        let row = { id: 'bot', signalCount: 0, lastSignalAt: null as number | null };
        let [committed, told] = [0, 0];
        for (const [time, signals] of bars.entries()) {
          committed += signals;
          for (let signal = 0; signal < signals; signal += 1) {
            // The answer has all signals of the bar, which were committed together; no event of a bar to come.
            if (isAskedAgain(told)) row = { id: 'bot', signalCount: committed, lastSignalAt: time };
            row = count(row, time);
            told += 1;
          }
        }
        expect(row).toEqual({ id: 'bot', signalCount: committed, lastSignalAt: bars.length - 1 });
      },
    ),
  );
});
