'use client';
import { useState } from 'react';
import { tradesOfColumns, type ShownTrade, type TradeColumns } from '#core/engine/outcome/trade-columns.ts';
import { moneyDigits } from '#core/market/price-digits.ts';
import type { Outputs } from '#trpc/types.ts';
import { Segmented } from '#ui/controls/segmented.tsx';
import { Figure } from '#ui/data/figure.tsx';
import { Time } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import type { Sides } from './sides.ts';
import type { Behaviour } from './use-pair.ts';

interface TradeDifferencesProps {
  readonly sides: Sides;
  readonly run: Pick<Outputs['backtest']['get'], 'currency' | 'settings' | 'timeframe'>;
  readonly behaviour: Behaviour;
}

type Group = 'changed' | 'before' | 'after';

interface Row {
  readonly before: ShownTrade | undefined;
  readonly after: ShownTrade | undefined;
  readonly differs: readonly string[];
}

/** Trades that both made differently, and those that only one of them made. */
export function TradeDifferences({ sides, run, behaviour }: TradeDifferencesProps) {
  const { changed, onlyBefore, onlyAfter, sameCount } = behaviour;
  const [group, setGroup] = useState<Group>(changed.count > 0 ? 'changed' : onlyBefore.count > 0 ? 'before' : 'after');
  const count = { changed: changed.count, before: onlyBefore.count, after: onlyAfter.count }[group];
  const rows = rowsOf(behaviour, group);
  const labelOf = (label: string, number: number): string => `${label} ${number.toLocaleString('en')}`;
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-4 py-2">
        <Segmented
          label="Which trades"
          value={group}
          onChange={setGroup}
          options={[
            { value: 'changed', label: labelOf('Made differently', changed.count) },
            { value: 'before', label: labelOf(`Only ${sides.before.title}`, onlyBefore.count) },
            { value: 'after', label: labelOf(`Only ${sides.after.title}`, onlyAfter.count) },
          ]}
        />
        <span className="text-xs text-muted">{sameCount.toLocaleString('en')} trades are the same in both.</span>
      </div>
      {rows.length === 0 ? (
        <p className="px-4 pb-6 text-muted">There are none.</p>
      ) : (
        <div tabIndex={0} className="max-h-[60vh] overflow-auto -outline-offset-2" role="region" aria-label="Trades">
          <table aria-label="Trades that differ" className="w-full text-right">
            <thead>
              <tr className="text-xs text-muted">
                {['Side', 'Entry', 'Exit', 'Units', 'Net', 'What differs'].map((title) => (
                  <th key={title} scope="col" className="px-4 py-2 font-medium first:text-left last:text-left">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <TradeRow
                  key={`${row.before?.entryBar ?? ''} ${row.before?.exitBar ?? ''} ${row.after?.entryBar ?? ''} ${row.after?.exitBar ?? ''} ${row.before?.units ?? ''}`}
                  row={row}
                  run={run}
                />
              ))}
            </tbody>
          </table>
          {count > rows.length ? (
            <p className="px-4 py-2 text-xs text-faint">and {(count - rows.length).toLocaleString('en')} more</p>
          ) : null}
        </div>
      )}
    </>
  );
}

function rowsOf({ changed, onlyBefore, onlyAfter }: Behaviour, group: Group): readonly Row[] {
  const alone = (columns: TradeColumns, side: 'before' | 'after'): Row[] =>
    tradesOfColumns(columns).map((trade) => ({ before: undefined, after: undefined, differs: [], [side]: trade }));
  if (group === 'before') return alone(onlyBefore.trades, 'before');
  if (group === 'after') return alone(onlyAfter.trades, 'after');
  const after = tradesOfColumns(changed.after);
  return tradesOfColumns(changed.before).map((trade, index) => ({
    before: trade,
    after: after[index],
    differs: changed.differs[index] ?? [],
  }));
}

interface TradeRowProps {
  readonly row: Row;
  readonly run: TradeDifferencesProps['run'];
}

function TradeRow({ row: { before, after, differs }, run }: TradeRowProps) {
  const detail = /^\d+[dwM]$/.test(run.timeframe) ? 'day' : 'minute';
  const both = (cell: (trade: ShownTrade) => React.ReactNode, isOther: boolean) => (
    <>
      {before ? cell(before) : null}
      {before && after && isOther ? <span className="mx-1 text-faint">→</span> : null}
      {after && (!before || isOther) ? cell(after) : null}
    </>
  );
  const digits = moneyDigits(run.settings.cash);
  return (
    <tr className="border-t border-line/70 whitespace-nowrap">
      <td className="px-4 py-1.5 text-left">
        <Badge>{(before ?? after)?.side}</Badge>
      </td>
      <td className="px-4">
        {both(
          (trade) => (
            <Time value={trade.entryTime} detail={detail} />
          ),
          before?.entryBar !== after?.entryBar,
        )}
      </td>
      <td className="px-4">
        {both(
          (trade) => (
            <Time value={trade.exitTime} detail={detail} />
          ),
          before?.exitBar !== after?.exitBar,
        )}
      </td>
      <td className="px-4">
        {both(
          (trade) => (
            <Figure value={trade.units} kind="ratio" />
          ),
          before?.units !== after?.units,
        )}
      </td>
      <td className="px-4">
        {both(
          (trade) => (
            <Figure value={trade.net} kind="money" currency={run.currency} digits={digits} tone="outcome" />
          ),
          before?.net !== after?.net,
        )}
      </td>
      <td className="px-4 text-left text-muted">{differs.join(', ')}</td>
    </tr>
  );
}
