import { z } from 'zod';
import { DEFAULT_SETTINGS, type Settings } from '#core/engine/settings.ts';

const money = (fallback: number) => z.number().min(0, 'Use 0 or more.').max(1e15).default(fallback);
const fraction = (fallback: number) => z.number().min(0, 'Use 0 or more.').max(0.5, 'Use at most 50 %.').default(fallback);

/** How a backtest or bot trades; what is left out has the engine's default. */
export const settings: z.ZodType<Settings> = z.strictObject({
  cash: z.number().positive('Start with more than 0.').max(1e15).default(DEFAULT_SETTINGS.cash),
  commission: fraction(DEFAULT_SETTINGS.commission),
  commissionFixed: money(DEFAULT_SETTINGS.commissionFixed),
  commissionMinimum: money(DEFAULT_SETTINGS.commissionMinimum),
  slippage: fraction(DEFAULT_SETTINGS.slippage),
  lot: money(DEFAULT_SETTINGS.lot),
  leverage: z.number().min(0.01, 'Use at least 0.01.').max(100, 'Use at most 100.').default(DEFAULT_SETTINGS.leverage),
  fill: z.enum(['open', 'close']).default(DEFAULT_SETTINGS.fill),
  closeAtEnd: z.boolean().default(DEFAULT_SETTINGS.closeAtEnd),
  short: z.boolean().default(DEFAULT_SETTINGS.short),
});

export const inputs = z.record(z.string().max(100), z.union([z.number(), z.boolean(), z.string().max(200)]));
