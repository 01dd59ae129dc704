import { METRICS } from '#core/engine/figures/metrics.ts';
import { MetricFigure } from '#features/metrics/index.ts';
import type { Outputs } from '#trpc/types.ts';
import type { Sides } from './sides.ts';
import type { Behaviour } from './use-pair.ts';

interface MetricDifferencesProps {
  readonly sides: Sides;
  readonly run: Pick<Outputs['backtest']['get'], 'currency' | 'settings'>;
  readonly behaviour: Behaviour;
}

/** Every figure of both, with its difference. */
export function MetricDifferences({ sides, run, behaviour: { beforeMetrics, afterMetrics } }: MetricDifferencesProps) {
  return (
    <div className="overflow-x-auto">
      <table aria-label="Metrics of both" className="w-full text-right">
        <thead>
          <tr className="text-xs text-muted">
            {['Figure', sides.before.title, sides.after.title, 'Difference'].map((title, index) => (
              <th
                key={['figure', 'before', 'after', 'difference'][index]}
                scope="col"
                className={index === 0 ? 'px-4 py-2 text-left font-medium' : 'px-4 py-2 font-medium'}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {METRICS.map((metric) => {
            const [was, is] = [beforeMetrics[metric.key] ?? Number.NaN, afterMetrics[metric.key] ?? Number.NaN];
            const figure = { currency: run.currency, cash: run.settings.cash };
            const isSame = was === is || (Number.isNaN(was) && Number.isNaN(is));
            return (
              <tr key={metric.key} className="border-t border-line/70" title={metric.definition}>
                <th scope="row" className="px-4 py-1.5 text-left font-normal text-muted">
                  {metric.title}
                </th>
                <td className="px-4">
                  <MetricFigure metric={metric} value={was} {...figure} />
                </td>
                <td className="px-4">
                  <MetricFigure metric={metric} value={is} {...figure} />
                </td>
                <td className="px-4">
                  {isSame ? (
                    <span className="text-faint">same</span>
                  ) : (
                    <>
                      <Direction isBetter={metric.better === 'higher' ? is > was : is < was} />
                      <MetricFigure metric={{ ...metric, isOutcome: false }} value={is - was} {...figure} />
                    </>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Never by colour alone. */
const Direction = ({ isBetter }: { readonly isBetter: boolean }) => (
  <span className={isBetter ? 'mr-1.5 text-2xs text-good' : 'mr-1.5 text-2xs text-bad'}>
    {isBetter ? 'better' : 'worse'}
  </span>
);
