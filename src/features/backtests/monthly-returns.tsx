import { useMemo } from 'react';
import type { PeriodReturn } from '#core/engine/figures/periods.ts';
import { formatFigure } from '#ui/format/format-figure.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface MonthlyReturnsProps {
  readonly months: readonly PeriodReturn[];
  readonly years: readonly PeriodReturn[];
}

/** Returns of each month and year; the colour deepens up to ten percent. */
export function MonthlyReturns({ months, years: totals }: MonthlyReturnsProps) {
  const years = useMemo(() => byYear(months, totals), [months, totals]);
  return (
    <div className="overflow-x-auto p-4">
      <table
        aria-label="Returns by month"
        className="w-full min-w-160 border-separate border-spacing-0.5 text-right tabular"
      >
        <thead>
          <tr className="text-xs text-faint">
            <th scope="col" className="px-2 text-left font-medium">
              Year
            </th>
            {MONTHS.map((month) => (
              <th key={month} scope="col" className="px-2 font-medium">
                {month}
              </th>
            ))}
            <th scope="col" className="px-2 font-medium">
              Total
            </th>
          </tr>
        </thead>
        <tbody>
          {years.map(({ year, months, total }) => (
            <tr key={year}>
              <th scope="row" className="px-2 text-left font-medium">
                {year}
              </th>
              {MONTHS.map((month, index) => (
                <Cell key={month} value={months[index]} />
              ))}
              <Cell value={total} strong />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ value, strong = false }: { readonly value: number | undefined; readonly strong?: boolean }) {
  if (value === undefined) return <td />;
  const depth = Math.round(Math.min(1, Math.abs(value) / 0.1) * 45);
  const background =
    Math.abs(value) < 5e-5
      ? undefined
      : `color-mix(in oklch, var(--${value > 0 ? 'up' : 'down'}) ${depth}%, transparent)`;
  return (
    <td style={{ background }} className={strong ? 'rounded-sm px-2 py-0.5 font-semibold' : 'rounded-sm px-2 py-0.5'}>
      {formatFigure(value, { kind: 'percent', digits: 1, signed: true })}
    </td>
  );
}

interface Year {
  readonly year: number;
  readonly months: readonly (number | undefined)[];
  readonly total: number | undefined;
}

function byYear(months: readonly PeriodReturn[], years: readonly PeriodReturn[]): Year[] {
  return years.map((entry) => {
    const year = new Date(entry.start).getUTCFullYear();
    const of = (month: number) => months.find(({ start }) => start === Date.UTC(year, month, 1))?.return;
    return { year, months: MONTHS.map((_, month) => of(month)), total: entry.return };
  });
}
