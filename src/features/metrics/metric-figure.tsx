import type { MetricDefinition } from '#core/engine/figures/metrics.ts';
import { moneyDigits } from '#core/market/price-digits.ts';
import { Figure } from '#ui/data/figure.tsx';

interface MetricFigureProps {
  readonly metric: MetricDefinition;
  readonly value: number;
  /** Of percentages. */
  readonly digits?: number;
  readonly currency?: string;
  /** What was there at the start: amounts of money have the digits that fit. */
  readonly cash?: number;
}

export function MetricFigure({ metric, value, digits = 2, currency = '', cash = 0 }: MetricFigureProps) {
  const tone = metric.isOutcome ? 'outcome' : 'plain';
  switch (metric.unit) {
    case 'percent':
      return <Figure value={value} kind="percent" digits={digits} tone={tone} />;
    case 'money':
      return <Figure value={value} kind="money" currency={currency} digits={moneyDigits(cash)} tone={tone} />;
    case 'count':
      return <Figure value={value} kind="count" />;
    case 'bars':
      return <Figure value={value} kind="count" digits={Number.isInteger(value) ? 0 : 1} />;
    case 'ratio':
      return <Figure value={value} kind="ratio" />;
  }
}
