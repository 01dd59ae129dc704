import { DEFAULT_SETTINGS, type Settings } from '#core/engine/outcome/settings.ts';
import { inputsOf } from '#core/engine/plan/inputs.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { formatTime } from '#ui/format/format-time.ts';

/** Values of inputs, by name. */
export type InputValues = Readonly<Record<string, number | boolean | string>>;

const percent = (fraction: number): string => `${Number((fraction * 100).toPrecision(6))}%`;
const amount = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 6 });

/** What every fill costs, in a few words. */
export function describeCosts({ commission, commissionFixed, commissionMinimum, slippage }: Settings): string {
  const fills = [
    ...(commission > 0 ? [percent(commission)] : []),
    ...(commissionFixed > 0 ? [amount(commissionFixed)] : []),
  ].join(' + ');
  const costs = [
    ...(fills === '' ? [] : [`commission ${fills}`]),
    ...(commissionMinimum > 0 ? [`${amount(commissionMinimum)} a fill at the least`] : []),
    ...(slippage > 0 ? [`slippage ${percent(slippage)}`] : []),
  ];
  return costs.length === 0 ? 'no costs' : costs.join(', ');
}

/** The other settings, where they are not what they are for everybody at first. */
export function describeSettings(settings: Settings): string[] {
  const { cash, lot, leverage, fill, closeAtEnd, short } = settings;
  return [
    ...(cash === DEFAULT_SETTINGS.cash ? [] : [`cash ${amount(cash)}`]),
    ...(leverage === DEFAULT_SETTINGS.leverage ? [] : [`leverage ${amount(leverage)}×`]),
    ...(lot === DEFAULT_SETTINGS.lot ? [] : [`lots of ${amount(lot)}`]),
    ...(fill === DEFAULT_SETTINGS.fill ? [] : ['fills at the close']),
    ...(short === DEFAULT_SETTINGS.short ? [] : ['no shorting']),
    ...(closeAtEnd === DEFAULT_SETTINGS.closeAtEnd ? [] : ['left open at the end']),
  ];
}

/** The days of a run, UTC milliseconds; null: from the first bar, or to the last. */
export function describeRange(from: number | null, to: number | null): string {
  if (from === null && to === null) return 'all bars';
  if (from === null) return `to ${formatTime(to ?? 0, 'day')}`;
  return to === null ? `from ${formatTime(from, 'day')}` : `${formatTime(from, 'day')} – ${formatTime(to, 'day')}`;
}

export const describeInputs = (inputs: InputValues): string =>
  Object.entries(inputs)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');

/** The value of every input of a formula, `given` values in place of the values in the code. */
export const inputValues = (formula: Formula, given: InputValues = {}): InputValues =>
  Object.fromEntries(
    inputsOf(formula).flatMap(({ name, value }) => {
      const known = given[name] ?? value;
      return known === null ? [] : [[name, known] as const];
    }),
  );
