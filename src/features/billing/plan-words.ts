import type { Outputs } from '#trpc/types.ts';
import { formatFigure } from '#ui/format/format-figure.ts';

export type Plan = Outputs['billing']['plans'][number];
export type Billing = Outputs['billing']['get'];

const count = (value: number): string => formatFigure(value, { kind: 'count' });

/** What each limit is called in the table of plans. */
export const LIMITS: Readonly<Record<Plan['limits'][number]['limit'], string>> = {
  bots: 'Bots',
  backtestsADay: 'Backtests a day',
  backtestsAMonth: 'Backtests a month',
  sweepsADay: 'Sweeps a day',
  formulas: 'Strategies',
  markets: 'Markets',
  bars: 'Bars',
  members: 'Members',
  signalDays: 'Days that signals are kept',
  webhookDestinations: 'Addresses for webhooks',
};

export const FEATURES: Readonly<Record<Plan['features'][number]['feature'], string>> = {
  liveMode: 'Trading with money',
  mfaRequired: 'Second factor for everybody',
  sso: 'Sign-in through your company',
};

export const mostInWords = (most: number | null): string => (most === null ? 'No limit' : count(most));

/** A price as Stripe keeps it: in the smallest unit of its currency. */
export function moneyInWords(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

export function priceInWords(
  { amount, currency, interval, intervals }: Plan['prices'][number],
  paid: Plan['paid'],
): string {
  const time = intervals === 1 ? interval : `${intervals} ${interval}s`;
  return `${moneyInWords(amount, currency)} a ${time}${paid === 'seats' ? ', each member' : ''}`;
}

export const dayInWords = (time: number): string =>
  new Date(time).toLocaleDateString('en', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
