import type { Constant } from '#core/formula/facts/constants.ts';
import { hashCode } from '#core/formula/language/hash.ts';
import type { Timeframe } from '#core/market/bars.ts';
import type { Settings } from './settings.ts';
import { ENGINE_VERSION } from './version.ts';

/** Everything that a run's answer depends on. */
export interface Question {
  /** `contentHash` of the formula. */
  readonly formulaHash: string;
  /** Values that replace those of its inputs. */
  readonly inputs: Readonly<Record<string, Constant>>;
  /** Of the bars that are traded, and of those that feeds read, by symbol. */
  readonly dataHash: string;
  readonly feedHashes: Readonly<Record<string, string>>;
  readonly timeframe: Timeframe;
  /** Times of the first and last bar, UTC milliseconds; null: all there are. */
  readonly from: number | null;
  readonly to: number | null;
  readonly settings: Settings;
}

/**
 * The key under which the answer to a question is kept: equal for equal questions of the same engine, whatever the
 * order of their parts.
 */
export const resultKey = (question: Question, engineVersion = ENGINE_VERSION): string =>
  hashCode(canonical({ ...question, engineVersion }));

/** JSON with the keys of every object in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
