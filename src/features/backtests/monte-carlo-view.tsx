'use client';
import { Dices } from 'lucide-react';
import { useMemo, useState } from 'react';
import { monteCarlo, QUANTILES, type Resampling } from '#core/engine/chance/monte-carlo.ts';
import { moneyDigits } from '#core/market/price-digits.ts';
import { BandChart } from '#ui/charts/band-chart.tsx';
import { Field } from '#ui/controls/field.tsx';
import { NumberField } from '#ui/controls/number-field.tsx';
import { Segmented } from '#ui/controls/segmented.tsx';
import { Figure } from '#ui/data/figure.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { formatFigure } from '#ui/format/format-figure.ts';

interface MonteCarloViewProps {
  /** Net profits of the trades, in order. */
  readonly nets: readonly number[];
  readonly cash: number;
  readonly currency: string;
}

const RUNS = 2000;
/** So that it stays instant: runs times trades. */
const MOST_STEPS = 20_000_000;

/** What else might have become of the same trades: in other orders, or drawn anew. */
export function MonteCarloView({ nets, cash, currency }: MonteCarloViewProps) {
  const [resampling, setResampling] = useState<Resampling>('bootstrap');
  const [stakes, setStakes] = useState<'fixed' | 'compound'>('compound');
  const [seed, setSeed] = useState(1);
  const [ruin, setRuin] = useState(0.5);
  const runs = Math.max(100, Math.min(RUNS, Math.floor(MOST_STEPS / Math.max(1, nets.length))));
  const outcome = useMemo(
    () => (nets.length < 2 ? null : monteCarlo({ nets, cash, resampling, stakes, runs, seed, ruin })),
    [nets, cash, resampling, stakes, runs, seed, ruin],
  );
  if (!outcome?.ok)
    return (
      <EmptyState icon={<Dices />} title="Too few trades">
        It takes two trades or more to put them into another order.
      </EmptyState>
    );
  const money = (value: number) =>
    formatFigure(value, { kind: 'money', currency, digits: cash < 100 ? moneyDigits(cash) : 0 });
  return (
    <div className="grid gap-6 p-4 xl:grid-cols-[minmax(0,2fr)_minmax(280px,1fr)]">
      <div className="space-y-3">
        <div className="flex flex-wrap items-end gap-3">
          <Segmented
            label="Resampling"
            value={resampling}
            onChange={setResampling}
            options={[
              { value: 'bootstrap', label: 'With repeats' },
              { value: 'shuffle', label: 'Shuffled' },
            ]}
          />
          <Segmented
            label="Stakes"
            value={stakes}
            onChange={setStakes}
            options={[
              { value: 'compound', label: 'Share of equity' },
              { value: 'fixed', label: 'Fixed amount' },
            ]}
          />
          <Field label="Seed" className="w-24">
            <NumberField isInteger value={seed} min={0} max={Number.MAX_SAFE_INTEGER} onChange={setSeed} />
          </Field>
          <Field label="Ruined at a loss of" className="w-28">
            <NumberField value={ruin} worth={0.01} unit="%" min={0} max={1} step={5} onChange={setRuin} />
          </Field>
        </div>
        <BandChart
          x={outcome.value.trades}
          bands={outcome.value.equity}
          reference={cash}
          format={money}
          label={`Equity of ${runs.toLocaleString('en')} runs by trade: the middle half, the middle nine tenths, and the median`}
          xLabel="trades"
        />
        <p className="text-xs text-faint">
          {runs.toLocaleString('en')} runs of {nets.length.toLocaleString('en')} trades. The same seed gives the same
          runs.
        </p>
      </div>
      <div className="space-y-4">
        <dl className="space-y-1">
          <Row title={`Ruined (equity at ${formatFigure(ruin, { kind: 'percent', digits: 0 })} of the start)`}>
            <Figure value={outcome.value.ruined} kind="percent" digits={1} />
          </Row>
          <Row title="Ended below the start">
            <Figure value={outcome.value.losing} kind="percent" digits={1} />
          </Row>
        </dl>
        <table aria-label="Outcomes of the runs" className="tabular w-full text-right">
          <thead>
            <tr className="text-xs text-faint">
              <th scope="col" className="py-1 text-left font-medium">
                Of the runs
              </th>
              <th scope="col" className="font-medium">
                Final equity
              </th>
              <th scope="col" className="font-medium">
                Max drawdown
              </th>
            </tr>
          </thead>
          <tbody>
            {QUANTILES.map((quantile, index) => (
              <tr key={quantile} className="border-t border-line/70">
                <th scope="row" className="py-1.5 text-left font-normal text-muted">
                  {quantile === 0.5 ? 'median' : `${quantile * 100} % below`}
                </th>
                <td>{money(outcome.value.finalEquity[index] ?? Number.NaN)}</td>
                <td>
                  <Figure value={outcome.value.maxDrawdown[index] ?? Number.NaN} kind="percent" digits={1} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const Row = ({ title, children }: { readonly title: string; readonly children: React.ReactNode }) => (
  <div className="flex justify-between gap-4 border-b border-line/70 py-1.5">
    <dt className="text-muted">{title}</dt>
    <dd className="font-semibold">{children}</dd>
  </div>
);
