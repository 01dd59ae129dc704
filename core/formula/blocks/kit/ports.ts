import type { Guarantee, Output, Port } from '../../model/block.ts';

export const TALIB = 'TA-Lib 0.6';
export const OWN = 'The formula language of Alphaloom.';

export const series = (name: string, help: string): Port => ({ name, type: 'series<number>', help });
export const condition = (name: string, help: string): Port => ({ name, type: 'series<bool>', help });

export const SOURCE = series('source', 'The series to look at.');

/** A number of bars. */
export const bars = (name: string, fallback: number, min = 2, help = 'Bars to look back over.'): Port => ({
  name,
  type: 'number',
  help,
  default: fallback,
  min,
  max: 100_000,
  integer: true,
  unit: 'bars',
});

export const period = (fallback: number, min = 2): Port => bars('timePeriod', fallback, min);

export const ratio = (name: string, fallback: number, help: string, range: Pick<Port, 'min' | 'max'> = {}): Port => ({
  name,
  type: 'number',
  help,
  default: fallback,
  unit: 'ratio',
  ...range,
});

/** On which bars a block works that reads prices by itself. */
export const FEED: Port = {
  name: 'feed',
  type: 'feed',
  help: "The bars to work on; the bot's own when left out.",
  default: null,
};

const output = (name: string, type: Output['type'], help?: string): Output => ({
  name,
  type,
  ...(help === undefined ? {} : { help }),
});

export const NUMBER: readonly Output[] = [output('value', 'series<number>')];
/** A number of which the definition guarantees something. */
export const guaranteed = (guarantee: Guarantee): readonly Output[] => [
  { ...output('value', 'series<number>'), ...guarantee },
];
export const BOOL: readonly Output[] = [output('value', 'series<bool>')];
export const ANY: readonly Output[] = [output('value', 'any')];
export const numbers = (names: Readonly<Record<string, string>>): readonly Output[] =>
  Object.entries(names).map(([name, help]) => output(name, 'series<number>', help));
