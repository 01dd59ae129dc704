import { COMMON_TIMEFRAMES } from '#core/market/timeframe.ts';
import type { Guarantee, Output, Port, SpecialBlock } from '../model/block.ts';
import type { Unit } from '../model/unit.ts';

const SOURCE = 'The formula language of Alphaloom.';

const NOTE: Port = { name: 'note', type: 'string', help: 'A text that goes with the signal.', default: null };
const WHEN: Port = { name: 'when', type: 'series<bool>', help: 'Acts on every bar at whose close this is true.' };

const INFORMS: Port = {
  name: 'when',
  type: 'series<bool>',
  help: 'Emits a signal on the first bar of each row at whose closes this is true.',
};
const EVERY: Port = {
  name: 'every',
  type: 'bool',
  help: 'Whether it emits one on every bar of the row instead.',
  default: false,
};

const ENTRY: readonly Port[] = [
  WHEN,
  {
    name: 'size',
    type: 'size',
    help: 'How much: a fraction of equity (50%), of what margin still allows (free(50%)), units(10), cash(1000) or risk(1%). All that margin allows when left out.',
    default: null,
  },
  {
    name: 'stop',
    type: 'level',
    help: 'Leaves at a loss: a percentage from the (average) entry price, or a price.',
    default: null,
  },
  {
    name: 'target',
    type: 'level',
    help: 'Leaves at a profit: a percentage from the (average) entry price, or a price.',
    default: null,
  },
  {
    name: 'trail',
    type: 'level',
    help: 'A stop that follows the price: a percentage below the best price, or a price series.',
    default: null,
  },
  {
    name: 'limit',
    type: 'level',
    help: 'Enters only at this price or better: a percentage from the close, or a price.',
    default: null,
  },
  {
    name: 'expires',
    type: 'number',
    help: 'Bars after which an unfilled limit order is withdrawn.',
    default: null,
    min: 1,
    integer: true,
    unit: 'bars',
  },
  {
    name: 'adds',
    type: 'number',
    help: 'How many times it may add to an open position.',
    default: 0,
    min: 0,
    max: 1000,
    integer: true,
  },
  NOTE,
];

/** A price that crosses its average, upwards: an entry for the examples. */
const ENTERS = 'crossover(close, sma(close, 50))';
const LEAVES = 'crossunder(close, sma(close, 50))';

const action = (name: string, title: string, help: string, inputs: readonly Port[], example: string): SpecialBlock => ({
  kind: 'action',
  name,
  title,
  group: 'actions',
  help,
  source: SOURCE,
  example,
  inputs,
  outputs: [],
});

const number = (name: string, unit: Unit, help: string, guarantee: Guarantee = {}): Output => ({
  name,
  type: 'series<number>',
  help,
  unit,
  ...guarantee,
});
const price = (name: string, help: string): Output => number(name, 'price', help, { min: 0 });

const size = (name: string, title: string, help: string, port: Port, example: string): SpecialBlock => ({
  kind: 'size',
  name,
  title,
  group: 'position',
  help,
  source: SOURCE,
  inputs: [port],
  outputs: [{ name: 'value', type: 'size' }],
  example: `buy(when: ${ENTERS}, size: ${example}, stop: 5%)\nsell(when: ${LEAVES})`,
});

/** Blocks whose meaning is the engine's own. */
export const SPECIAL_BLOCKS: readonly SpecialBlock[] = [
  {
    kind: 'input',
    name: 'input',
    title: 'Input',
    group: 'input',
    source: SOURCE,
    help: 'A setting of the strategy that a backtest, a sweep or a bot may change.',
    example: 'input length = 50 in 10..200 step 10\n\nline = sma(close, length)',
    inputs: [
      { name: 'value', type: 'any', help: 'Its value unless a run says otherwise.' },
      { name: 'min', type: 'number', help: 'The least value allowed.', default: null },
      { name: 'max', type: 'number', help: 'The largest value allowed.', default: null },
      { name: 'step', type: 'number', help: 'The distance of the values that a sweep tries.', default: null },
      { name: 'options', type: 'any', help: 'The only values allowed.', default: null },
    ],
    outputs: [{ name: 'value', type: 'any' }],
  },
  {
    kind: 'value',
    name: 'value',
    title: 'Value',
    group: 'input',
    source: SOURCE,
    help: 'A plain value, or another name for one.',
    example: 'oversold = 30\n\nisLow = rsi(close, 14) < oversold',
    inputs: [{ name: 'x', type: 'any', help: 'The value.' }],
    outputs: [{ name: 'value', type: 'any' }],
  },
  {
    kind: 'feed',
    name: 'feed',
    title: 'Feed',
    group: 'price',
    source: SOURCE,
    help: 'The bars of another symbol or timeframe, aligned by the last bar that has closed.',
    example: 'weekly = feed(timeframe: "1w")\n\nupTrend = weekly.close > sma(weekly.close, 10)',
    inputs: [
      { name: 'symbol', type: 'string', help: "The symbol; the bot's own when left out.", default: null },
      {
        name: 'timeframe',
        type: 'string',
        help: "The length of a bar, such as 45m, 12h, 3d, 1w or 3M; the bot's own when left out.",
        default: null,
        format: 'timeframe',
        options: COMMON_TIMEFRAMES,
      },
    ],
    outputs: [
      price('open', 'First price of the bar.'),
      price('high', 'Highest price.'),
      price('low', 'Lowest price.'),
      price('close', 'Last price.'),
      number('volume', 'volume', 'Units traded.', { min: 0 }),
    ],
  },
  {
    kind: 'position',
    name: 'position',
    title: 'Position',
    group: 'position',
    source: SOURCE,
    syntax: { kind: 'name' },
    help: 'What the strategy held when the bar closed.',
    example: `buy(when: ${ENTERS})\nsell(when: position.bars >= 20 or position.pnl < -3%)`,
    inputs: [],
    outputs: [
      number('size', 'volume', 'Units held; negative when short, 0 when flat.'),
      price('entry', 'Average entry price; na when flat.'),
      number('bars', 'plain', 'Bars since the entry; na when flat.', { min: 0, integer: true }),
      number('pnl', 'percent', 'Open profit as a fraction of the entry price; na when flat.'),
    ],
  },
  {
    kind: 'position',
    name: 'equity',
    title: 'Equity',
    group: 'position',
    source: SOURCE,
    syntax: { kind: 'name' },
    help: 'Cash and open positions at the close.',
    example: `buy(when: ${ENTERS}, size: cash(0.5 * equity))\nsell(when: ${LEAVES})`,
    inputs: [],
    outputs: [number('value', 'money', 'Money.')],
  },
  {
    kind: 'position',
    name: 'drawdown',
    title: 'Drawdown',
    group: 'position',
    source: SOURCE,
    syntax: { kind: 'name' },
    help: 'How far equity is below its peak: 0 at a peak, -0.1 when a tenth is lost.',
    example: `buy(when: ${ENTERS})\nsell(when: drawdown < -5%)`,
    inputs: [],
    outputs: [number('value', 'percent', 'A fraction, never above 0.', { max: 0 })],
  },
  size(
    'free',
    'Free',
    'A fraction of what may still be bought: equity times leverage, less what is held.',
    {
      name: 'fraction',
      type: 'series<number>',
      help: 'The fraction of what is free.',
      min: 0,
      max: 1,
      unit: 'percent',
    },
    'free(50%)',
  ),
  size(
    'units',
    'Units',
    'A fixed number of units.',
    { name: 'amount', type: 'series<number>', help: 'Units to trade.', min: 0 },
    'units(2)',
  ),
  size(
    'cash',
    'Cash',
    'A fixed amount of money.',
    { name: 'amount', type: 'series<number>', help: "Money, in the market's currency.", min: 0 },
    'cash(5000)',
  ),
  size(
    'risk',
    'Risk',
    'So many units that a fill at the stop loses this fraction of equity.',
    { name: 'fraction', type: 'series<number>', help: 'The fraction of equity put at risk.', min: 0, unit: 'percent' },
    'risk(1%)',
  ),
  action(
    'buy',
    'Buy',
    'Opens a long position, or adds to one.',
    ENTRY,
    `buy(when: ${ENTERS}, size: 50%, stop: 5%, target: 10%)`,
  ),
  action('sell', 'Sell', 'Closes a long position.', [WHEN, NOTE], `buy(when: ${ENTERS})\nsell(when: ${LEAVES})`),
  action(
    'short',
    'Short',
    'Opens a short position, or adds to one.',
    ENTRY,
    `short(when: ${LEAVES}, size: 50%, stop: 5%)`,
  ),
  action('cover', 'Cover', 'Closes a short position.', [WHEN, NOTE], `short(when: ${LEAVES})\ncover(when: ${ENTERS})`),
  action(
    'info',
    'Info',
    'Emits a signal when its condition becomes true, and trades nothing.',
    [INFORMS, NOTE, EVERY],
    'info(when: rsi(close, 14) < 30, note: "oversold")',
  ),
];
