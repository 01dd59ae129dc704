import { DEFAULT_SETTINGS, SETTING_RANGES, type Settings } from '#core/engine/outcome/settings.ts';
import { readBoolean, readNumber, UsageError } from './usage.ts';

const text = { type: 'string' } as const;

/** The options of every command that trades. */
export const SETTING_OPTIONS = {
  cash: text,
  commission: text,
  'commission-fixed': text,
  'commission-minimum': text,
  slippage: text,
  lot: text,
  leverage: text,
  fill: text,
  'close-at-end': text,
  short: text,
} as const;

export function readSettings(values: Readonly<Partial<Record<string, unknown>>>): Settings {
  const option = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  const number = (name: keyof typeof SETTING_RANGES) => {
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const value = readNumber(flag, option(flag), DEFAULT_SETTINGS[name]);
    const [least, most] = SETTING_RANGES[name];
    if (value < least || value > most) throw new UsageError(`--${flag} lies between ${least} and ${most}.`);
    return value;
  };
  const fill = option('fill') ?? DEFAULT_SETTINGS.fill;
  if (fill !== 'open' && fill !== 'close') throw new UsageError(`--fill is open or close, not "${fill}".`);
  return {
    cash: number('cash'),
    commission: number('commission'),
    commissionFixed: number('commissionFixed'),
    commissionMinimum: number('commissionMinimum'),
    slippage: number('slippage'),
    lot: number('lot'),
    leverage: number('leverage'),
    fill,
    closeAtEnd: readBoolean('close-at-end', option('close-at-end'), DEFAULT_SETTINGS.closeAtEnd),
    short: readBoolean('short', option('short'), DEFAULT_SETTINGS.short),
  };
}
