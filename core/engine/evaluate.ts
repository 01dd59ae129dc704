import type { Bars } from '#core/market/bars.ts';
import { whyUnfinished } from '#core/result/outcome.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import type { Feeds } from './columns/feeds.ts';
import { DEFAULT_SETTINGS, type Settings } from './outcome/settings.ts';
import type { Plan } from './plan/plan.ts';
import { runColumns } from './run-columns.ts';

/** The series of each named statement, one value a bar; bools are 0 and 1, `na` is NaN. */
export type Series = ReadonlyMap<string, Float64Array>;

/**
 * Computes the named statements of a plan compiled with `keepNamed`. What depends on the position follows `settings`.
 */
export function evaluate(
  plan: Plan,
  bars: Bars,
  feeds: Feeds = new Map(),
  settings: Settings = DEFAULT_SETTINGS,
): Result<Series, string> {
  const run = runColumns(plan, bars, settings, { feeds });
  if (!run.ok) return err(whyUnfinished(run.error));
  const { columns } = run.value;
  return ok(
    new Map(
      [...plan.named].flatMap(([name, operand]) => {
        const column = operand.kind === 'column' ? columns[operand.column] : undefined;
        return column ? [[name, column] as const] : [];
      }),
    ),
  );
}
