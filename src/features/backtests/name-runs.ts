import type { Settings } from '#core/engine/outcome/settings.ts';
import { formatVersion } from '#ui/format/format-version.ts';
import { describeCosts, describeRange, describeSettings, type InputValues } from './describe-run.ts';

export interface NamedRun {
  readonly id: string;
  /** What a person calls the run. */
  readonly title: string | null;
  readonly formulaId: string;
  readonly versionNumber: number | null;
  readonly contentHash: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly inputs: InputValues;
  readonly settings: Settings;
  readonly from: number | null;
  readonly to: number | null;
}

/** What a run was made with, fact by fact, each in the words of a list. */
function factsOf(run: NamedRun): ReadonlyMap<string, string> {
  const { inputs, settings, symbol, timeframe, from, to } = run;
  return new Map([
    ['version', formatVersion(run)],
    ...Object.entries(inputs).map(([name, value]) => [`input ${name}`, `${name} ${String(value)}`] as const),
    ['market', `${symbol} ${timeframe}`],
    ['range', describeRange(from, to)],
    ['costs', describeCosts(settings)],
    ['settings', describeSettings(settings).join(', ') || 'settings as usual'],
  ]);
}

/**
 * What tells each run from the others of its formula, in words: those of its inputs, costs, range, market and version
 * that are not the same in all of them. Runs that are alike in everything have the same words; empty of the only run of
 * a formula. A title that a person gave stands for all of it.
 */
export function nameRuns(runs: readonly NamedRun[]): ReadonlyMap<string, string> {
  const ofFormula = new Map<string, NamedRun[]>();
  for (const run of runs) ofFormula.set(run.formulaId, [...(ofFormula.get(run.formulaId) ?? []), run]);
  const names = new Map<string, string>();
  for (const alike of ofFormula.values()) {
    const facts = alike.map(factsOf);
    const keys = [...new Set(facts.flatMap((fact) => [...fact.keys()]))];
    const differing = keys.filter((key) => new Set(facts.map((fact) => fact.get(key))).size > 1);
    alike.forEach((run, index) => {
      const words = differing.flatMap((key) => facts[index]?.get(key) ?? `${key.replace(/^input /, '')} as written`);
      names.set(run.id, run.title ?? words.join(' · '));
    });
  }
  return names;
}
