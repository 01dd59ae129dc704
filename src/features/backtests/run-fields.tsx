'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SETTING_RANGES, type Settings } from '#core/engine/outcome/settings.ts';
import { ImportDialog, MarketGaps } from '#features/markets/index.ts';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { NumberField } from '#ui/controls/number-field.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Switch } from '#ui/controls/switch.tsx';
import { runSettings } from './run-settings-store.ts';

type Market = Outputs['market']['list'][number];

/** What is chosen before a run: where, when and how. The settings are those of the last run. */
export interface RunChoice {
  readonly market: Market | undefined;
  readonly markets: readonly Market[];
  readonly settings: Settings;
  readonly from: string;
  readonly to: string;
  setMarketId(id: string): void;
  setFrom(day: string): void;
  setTo(day: string): void;
  change(part: Partial<Settings>): void;
  /**
   * What the procedures that start runs take of it, the settings kept for the next time; null while there is no market.
   */
  request(): {
    readonly marketId: string;
    readonly settings: Settings;
    readonly from?: number;
    readonly to?: number;
  } | null;
}

/** `first`: the market that is chosen at first; left out: the first of all. */
export function useRunChoice(first?: string): RunChoice {
  const trpc = useTRPC();
  const markets = useQuery(trpc.market.list.queryOptions());
  const [settings, setSettings] = useState<Settings>(() => runSettings.read());
  const [marketId, setMarketId] = useState(first);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const known = markets.data ?? [];
  const market = known.find(({ id }) => id === marketId) ?? known[0];
  return {
    market,
    markets: known,
    settings,
    from,
    to,
    setMarketId,
    setFrom,
    setTo,
    change: (part) => setSettings((old) => ({ ...old, ...part })),
    request: () => {
      if (!market) return null;
      runSettings.write(settings);
      return { marketId: market.id, settings, ...timesOf(from, to) };
    },
  };
}

/** Days as UTC milliseconds, the last one whole. */
export function timesOf(from: string, to: string): { from?: number; to?: number } {
  return {
    ...(from === '' ? {} : { from: Date.parse(`${from}T00:00:00Z`) }),
    ...(to === '' ? {} : { to: Date.parse(`${to}T23:59:59.999Z`) }),
  };
}

export function MarketFields({ choice }: { readonly choice: RunChoice }) {
  const { market, markets, from, to } = choice;
  const denied = useDenial('market.manage');
  const [importing, setImporting] = useState(false);
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field
          label="Market"
          aside={
            denied === undefined ? (
              <button
                type="button"
                className="rounded-sm text-accent-text hover:underline"
                onClick={() => setImporting(true)}
              >
                Import CSV…
              </button>
            ) : null
          }
        >
          <Select
            value={market?.id}
            onChange={choice.setMarketId}
            options={markets.map(({ id, symbol, timeframe }) => ({ value: id, label: `${symbol} ${timeframe}` }))}
            placeholder="Import one first"
          />
        </Field>
        <Field label="From">
          <Input type="date" value={from} onChange={(event) => choice.setFrom(event.target.value)} />
        </Field>
        <Field label="To">
          <Input type="date" value={to} onChange={(event) => choice.setTo(event.target.value)} />
        </Field>
      </div>
      {market ? <MarketGaps marketId={market.id} {...timesOf(from, to)} /> : null}
      {importing ? <ImportDialog open onOpenChange={setImporting} onImported={choice.setMarketId} /> : null}
    </>
  );
}

const within = (name: keyof typeof SETTING_RANGES): { readonly min: number; readonly max: number } => {
  const [min, max] = SETTING_RANGES[name];
  return { min, max };
};

export function SettingsFields({
  choice: { settings, change },
}: {
  readonly choice: Pick<RunChoice, 'settings' | 'change'>;
}) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Field label="Cash">
          <NumberField {...within('cash')} value={settings.cash} step={1000} onChange={(cash) => change({ cash })} />
        </Field>
        <Field label="Commission">
          <NumberField
            {...within('commission')}
            value={settings.commission}
            worth={0.01}
            unit="%"
            step={0.01}
            onChange={(commission) => change({ commission })}
          />
        </Field>
        <Field label="Slippage">
          <NumberField
            {...within('slippage')}
            value={settings.slippage}
            worth={0.01}
            unit="%"
            step={0.01}
            onChange={(slippage) => change({ slippage })}
          />
        </Field>
        <Field label="Leverage" hint="at the most">
          <NumberField
            {...within('leverage')}
            value={settings.leverage}
            unit="×"
            onChange={(leverage) => change({ leverage })}
          />
        </Field>
        <Field label="Lot size" hint="0: any fraction">
          <NumberField {...within('lot')} value={settings.lot} onChange={(lot) => change({ lot })} />
        </Field>
        <Field label="Fills at">
          <Select
            value={settings.fill}
            onChange={(fill) => change({ fill })}
            options={[
              { value: 'open', label: 'next open' },
              { value: 'close', label: 'this close' },
            ]}
          />
        </Field>
      </div>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <Switch checked={settings.short} onChange={(short) => change({ short })} label="Shorting allowed" />
        <Switch
          checked={settings.closeAtEnd}
          onChange={(closeAtEnd) => change({ closeAtEnd })}
          label="Close what is open at the end"
        />
      </div>
    </>
  );
}
