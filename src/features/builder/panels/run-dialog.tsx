'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { inputsOf, type InputDeclaration } from '#core/engine/inputs.ts';
import type { Settings } from '#core/engine/settings.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { NumberField } from '#ui/number-field.tsx';
import { Problem } from '#ui/problem.tsx';
import { Select } from '#ui/select.tsx';
import { Switch } from '#ui/switch.tsx';
import { useFormulaSession, useSnapshot, useStatus } from '../session/provider.tsx';
import { runSettings } from './run-settings-store.ts';

interface RunDialogProps {
  readonly formulaId: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

type InputValues = Readonly<Record<string, number | boolean | string>>;

/** Market, range, costs, inputs. What was chosen last is there again. */
export function RunDialog({ formulaId, open, onOpenChange }: RunDialogProps) {
  const trpc = useTRPC();
  const session = useFormulaSession();
  const { formula, checked } = useSnapshot();
  const { saved } = useStatus();
  const markets = useQuery(trpc.market.list.queryOptions());
  const [settings, setSettings] = useState<Settings>(() => runSettings.read());
  const [marketId, setMarketId] = useState<string>();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [inputs, setInputs] = useState<InputValues>({});
  const declared = useMemo(() => inputsOf(formula), [formula]);
  const market = markets.data?.find(({ id }) => id === marketId) ?? markets.data?.[0];
  const start = useMutation(trpc.backtest.start.mutationOptions({ onSuccess: () => onOpenChange(false) }));
  const error = checked.diagnostics.find(({ severity }) => severity === 'error');
  const run = () => {
    if (!market) return;
    runSettings.write(settings);
    const known = Object.fromEntries(Object.entries(inputs).filter(([name]) => declared.some((input) => input.name === name)));
    start.mutate({ formulaId, marketId: market.id, settings, inputs: known, ...timesOf(from, to) });
  };
  const change = (part: Partial<Settings>) => setSettings((old) => ({ ...old, ...part }));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Run a backtest"
      description="The formula as it is now is kept as a version, and that version is run."
      footer={
        <>
          {saved === 'saved' ? null : <span className="mr-auto self-center text-xs text-warn">Your last changes are not saved yet.</span>}
          <Button look="quiet" onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="primary" busy={start.isPending} disabled={!market || error !== undefined} onClick={run}>Run</Button>
        </>
      }
    >
      <div className="space-y-4">
        {error ? <Problem title="The formula can't run yet" action={<Button size="sm" onClick={() => { onOpenChange(false); session.select(error.nodeId === undefined ? [] : [error.nodeId]); }}>Show</Button>}>{error.message}</Problem> : null}
        {start.isError ? <Problem title={explainError(start.error).title}>{explainError(start.error).advice}</Problem> : null}
        <div className="grid gap-3 sm:grid-cols-3">
          <Field label="Market"><Select value={market?.id} onChange={setMarketId} options={(markets.data ?? []).map(({ id, symbol, timeframe }) => ({ value: id, label: `${symbol} ${timeframe}` }))} placeholder="Import one first" /></Field>
          <Field label="From"><Input type="date" value={from} onChange={(event) => setFrom(event.target.value)} /></Field>
          <Field label="To"><Input type="date" value={to} onChange={(event) => setTo(event.target.value)} /></Field>
        </div>
        {declared.length > 0 ? <div className="grid gap-3 sm:grid-cols-3">{declared.map((input) => <InputField key={input.name} input={input} value={inputs[input.name]} onChange={(value) => setInputs((old) => ({ ...old, [input.name]: value }))} />)}</div> : null}
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
          <Field label="Cash"><NumberField value={settings.cash} min={1} step={1000} onChange={(cash) => change({ cash })} /></Field>
          <Field label="Commission"><NumberField value={settings.commission} worth={0.01} unit="%" min={0} max={0.5} step={0.01} onChange={(commission) => change({ commission })} /></Field>
          <Field label="Slippage"><NumberField value={settings.slippage} worth={0.01} unit="%" min={0} max={0.5} step={0.01} onChange={(slippage) => change({ slippage })} /></Field>
          <Field label="Leverage"><NumberField value={settings.leverage} unit="×" min={0.01} max={100} onChange={(leverage) => change({ leverage })} /></Field>
          <Field label="Lot" hint="0: fractional"><NumberField value={settings.lot} min={0} onChange={(lot) => change({ lot })} /></Field>
          <Field label="Fills at"><Select value={settings.fill} onChange={(fill) => change({ fill })} options={[{ value: 'open', label: 'next open' }, { value: 'close', label: 'this close' }]} /></Field>
        </div>
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          <Switch checked={settings.short} onChange={(short) => change({ short })} label="Shorting allowed" />
          <Switch checked={settings.closeAtEnd} onChange={(closeAtEnd) => change({ closeAtEnd })} label="Close what is open at the end" />
        </div>
      </div>
    </Dialog>
  );
}

interface InputFieldProps {
  readonly input: InputDeclaration;
  readonly value: number | boolean | string | undefined;
  readonly onChange: (value: number | boolean | string) => void;
}

function InputField({ input, value, onChange }: InputFieldProps) {
  const { name, value: fallback, min, max, step, options } = input;
  const shown = value ?? fallback;
  const range = min === undefined && max === undefined ? undefined : `${min ?? ''}–${max ?? ''}`;
  return (
    <Field label={<code>{name}</code>} aside={range}>
      {options ? <Select value={String(shown)} onChange={(chosen) => onChange(options.find((option) => String(option) === chosen) ?? chosen)} options={options.map((option) => ({ value: String(option), label: String(option) }))} />
        : typeof shown === 'number' ? <NumberField value={shown} step={step ?? 1} onChange={onChange} {...(min === undefined ? {} : { min })} {...(max === undefined ? {} : { max })} />
        : typeof shown === 'boolean' ? <Switch checked={shown} onChange={onChange} label={shown ? 'on' : 'off'} />
        : <Input value={String(shown ?? '')} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

/** Days as UTC milliseconds, the last one whole. */
function timesOf(from: string, to: string): { from?: number; to?: number } {
  return { ...(from === '' ? {} : { from: Date.parse(`${from}T00:00:00Z`) }), ...(to === '' ? {} : { to: Date.parse(`${to}T23:59:59.999Z`) }) };
}

