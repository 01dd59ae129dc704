import type { Settings } from '../outcome/settings.ts';
import type { Order } from './order.ts';

/** Everything that the future depends on, as plain values: stored by the bots. NaN: not set. */
export interface SimulatorState {
  cash: number;
  equity: number;
  peak: number;
  bar: number;
  /** Signed: negative when short. */
  units: number;
  /** The average of the fills that opened it, and the sum of their units times prices. */
  entryPrice: number;
  entryCost: number;
  /** Cash before the position was opened. */
  flatCash: number;
  entryBar: number;
  entryTime: number;
  /** Index of the action that opened the position; -1 when flat. */
  entryAction: number;
  entryCommission: number;
  adds: number;
  /** Prices; where they were given as fractions of the entry price, those too. */
  stop: number;
  stopFraction: number;
  target: number;
  targetFraction: number;
  /** Distance of the trailing stop as a fraction; NaN when it follows a series or there is none. */
  trailFraction: number;
  /** Index of the action whose series the trailing stop follows; -1 for none. */
  trailAction: number;
  trail: number;
  /** Extremes of the prices seen since the entry, its fills among them. */
  highest: number;
  lowest: number;
  ruined: boolean;
  /** Bars at whose close there was a position, money that changed hands, commission paid: for the metrics. */
  barsHeld: number;
  turnover: number;
  commission: number;
  /** By the index of its action: whether the condition of an `info` was true at the close before. */
  informed: boolean[];
  orders: Order[];
  resting: Order[];
}

export const startState = ({ cash }: Settings): SimulatorState => ({
  cash,
  equity: cash,
  peak: cash,
  bar: -1,
  units: 0,
  entryPrice: Number.NaN,
  entryCost: 0,
  flatCash: cash,
  entryBar: -1,
  entryTime: 0,
  entryAction: -1,
  entryCommission: 0,
  adds: 0,
  stop: Number.NaN,
  stopFraction: Number.NaN,
  target: Number.NaN,
  targetFraction: Number.NaN,
  trailFraction: Number.NaN,
  trailAction: -1,
  trail: Number.NaN,
  highest: Number.NaN,
  lowest: Number.NaN,
  ruined: false,
  barsHeld: 0,
  turnover: 0,
  commission: 0,
  informed: [],
  orders: [],
  resting: [],
});

/** Forgets the position, once it is closed. */
export function flatten(state: SimulatorState): void {
  state.units = 0;
  state.entryPrice = Number.NaN;
  state.entryCost = 0;
  state.entryBar = -1;
  state.entryTime = 0;
  state.entryAction = -1;
  state.entryCommission = 0;
  state.adds = 0;
  state.stop = Number.NaN;
  state.stopFraction = Number.NaN;
  state.target = Number.NaN;
  state.targetFraction = Number.NaN;
  state.trailFraction = Number.NaN;
  state.trailAction = -1;
  state.trail = Number.NaN;
  state.highest = Number.NaN;
  state.lowest = Number.NaN;
}
