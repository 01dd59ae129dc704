import { z } from 'zod';
import { DEFAULT_SETTINGS, SETTING_RANGES, type Settings } from '#core/engine/outcome/settings.ts';
import { number, text } from './fields.ts';

const inRange = (name: keyof typeof SETTING_RANGES, inWords: (bound: number) => string = String) => {
  const [least, most] = SETTING_RANGES[name];
  return z
    .number()
    .min(least, `Use ${inWords(least)} or more.`)
    .max(most, `Use at most ${inWords(most)}.`)
    .default(DEFAULT_SETTINGS[name]);
};
const percent = (fraction: number): string => `${fraction * 100} %`;

/** How a backtest or bot trades; what is left out has the engine's default. */
export const settings: z.ZodType<Settings> = z.strictObject({
  cash: inRange('cash'),
  commission: inRange('commission', percent),
  commissionFixed: inRange('commissionFixed'),
  commissionMinimum: inRange('commissionMinimum'),
  slippage: inRange('slippage', percent),
  lot: inRange('lot'),
  leverage: inRange('leverage'),
  fill: z.enum(['open', 'close']).default(DEFAULT_SETTINGS.fill),
  closeAtEnd: z.boolean().default(DEFAULT_SETTINGS.closeAtEnd),
  short: z.boolean().default(DEFAULT_SETTINGS.short),
});

const MOST_INPUTS = 1000;
const value = z.union([number, z.boolean(), text(200)]);
export const inputs = z
  .record(text(100), value)
  .refine((given) => Object.keys(given).length <= MOST_INPUTS, `Give at most ${MOST_INPUTS} inputs.`)
  .meta({ maxProperties: MOST_INPUTS });

/** At most eight inputs are swept at once, each over a thousand values. */
export const axes = z
  .array(
    z.strictObject({
      name: text(100).min(1),
      values: z.array(value).min(1, 'Give it a value to try.').max(1000, 'Try at most 1,000 values of one input.'),
    }),
  )
  .min(1, 'Choose an input to sweep.')
  .max(8, 'Sweep at most eight inputs at once.');

export const search = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('grid') }),
  z.strictObject({
    kind: z.literal('random'),
    samples: z.int().min(1).max(1_000_000),
    seed: z
      .int()
      .min(0)
      .max(2 ** 32 - 1),
  }),
]);

/** Windows of a walk-forward, in bars. */
export const windows = z.strictObject({
  inSample: z.int().min(2, 'Optimise on two bars at the least.').max(1e9),
  outOfSample: z.int().min(1, 'Trade one bar at the least.').max(1e9),
  anchored: z.boolean(),
});
