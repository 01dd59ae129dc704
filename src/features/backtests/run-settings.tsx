import { moneyDigits } from '#core/market/price-digits.ts';
import { Figure } from '#ui/data/figure.tsx';
import type { Backtest } from './backtest.ts';

/** What exactly was run, so that it can be run again. */
export function RunSettings({ row }: { readonly row: Backtest }) {
  const { settings, inputs, currency } = row;
  const percent = (value: number) => <Figure value={value} kind="percent" digits={3} />;
  const rows = [
    [
      'Starting cash',
      <Figure key="cash" value={settings.cash} kind="money" currency={currency} digits={moneyDigits(settings.cash)} />,
    ],
    ['Commission', percent(settings.commission)],
    [
      'Commission, fixed and least',
      <span key="fixed">
        {settings.commissionFixed} · {settings.commissionMinimum}
      </span>,
    ],
    ['Slippage', percent(settings.slippage)],
    ['Lot size', settings.lot === 0 ? 'any fraction' : String(settings.lot)],
    ['Leverage', String(settings.leverage)],
    ['Fills at', settings.fill === 'open' ? "the next bar's open" : 'the close'],
    ['Open positions at the end', settings.closeAtEnd ? 'closed' : 'left open'],
    ['Shorting', settings.short ? 'allowed' : 'off'],
    ...Object.entries(inputs).map(([name, value]) => [`Input ${name}`, String(value)] as const),
  ] as const;
  return (
    <div className="grid gap-6 p-4 lg:grid-cols-[minmax(0,320px)_minmax(0,1fr)]">
      <dl className="self-start">
        {rows.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-4 border-b border-line/70 py-1.5">
            <dt className="text-muted">{name}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
      </dl>
      <pre aria-label="Code of the version" className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs">
        {row.code}
      </pre>
    </div>
  );
}
