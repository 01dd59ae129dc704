'use client';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { inputsOf, printInput, type InputDeclaration } from '#core/engine/plan/inputs.ts';
import { check } from '#core/formula/check/check.ts';
import { mostBars } from '#core/market/most-bars.ts';
import {
  feedDoubts,
  MarketFields,
  marketsRead,
  marketsWithoutVolume,
  SettingsFields,
  timesOf,
  useCost,
  useRunChoice,
} from '#features/backtests/index.ts';
import { PlanRoom } from '#features/billing/index.ts';
import { MarketGaps } from '#features/markets/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { NumberField } from '#ui/controls/number-field.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Switch } from '#ui/controls/switch.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { useIsNetworkUp } from '#ui/hooks/use-network.ts';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { useFormulaSession, useSnapshotWhile, useStatus, useUntaken } from '../session/use-session.ts';
import { UntakenNotice } from './untaken-notice.tsx';

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
  const { formula, checked } = useSnapshotWhile(open);
  const { saved } = useStatus();
  const { words } = useUntaken();
  const isNetworkUp = useIsNetworkUp();
  const choice = useRunChoice();
  const [inputs, setInputs] = useState<InputValues>({});
  const declared = useMemo(() => inputsOf(formula), [formula]);
  const cost = useCost(
    choice,
    useMemo(() => ({ formula, candidates: 1 }), [formula]),
  );
  const start = useMutation(trpc.backtest.start.mutationOptions({ onSuccess: () => onOpenChange(false) }));
  const { market, markets, from, to } = choice;
  const { doubts, wrong, read } = useMemo(() => {
    const times = timesOf(from, to);
    const known = market
      ? { bars: mostBars(market, times.from, times.to), withoutVolume: marketsWithoutVolume(market, markets) }
      : {};
    const { diagnostics } = check(formula, { inputs, ...known });
    const told = ['warm-up', 'no-volume'].flatMap(
      (code) => diagnostics.find((diagnostic) => diagnostic.code === code)?.message ?? [],
    );
    return {
      read: market ? marketsRead(formula, market, markets) : [],
      doubts: [...told, ...(market ? feedDoubts(formula, market, markets, times) : [])],
      // An input of this run may be no number that its places take.
      wrong: diagnostics.find(({ severity }) => severity === 'error'),
    };
  }, [formula, inputs, market, markets, from, to]);
  const error = checked.diagnostics.find(({ severity }) => severity === 'error') ?? wrong;
  const run = () => {
    const request = choice.request();
    const known = Object.fromEntries(
      Object.entries(inputs).filter(([name]) => declared.some((input) => input.name === name)),
    );
    if (request) start.mutate({ formulaId, inputs: known, ...request });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Run a backtest"
      description="The strategy as it is now is kept as a version, and that version is run."
      footer={
        <>
          {!isNetworkUp ? (
            <span role="status" className="mr-auto self-center text-xs text-warn">
              You’re offline: a backtest needs the server.
            </span>
          ) : saved === 'saved' ? null : (
            <span className="mr-auto self-center text-xs text-warn">Your last changes are not saved yet.</span>
          )}
          <span className="tabular self-center text-xs text-balance text-muted">{cost.summary}</span>
          <Button look="quiet" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button
            look="primary"
            busy={start.isPending}
            disabled={!choice.market || error !== undefined || cost.refused !== null || !isNetworkUp}
            onClick={run}
          >
            {words !== null ? 'Run the last valid strategy' : 'Run'}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {error ? (
          <Problem
            title="The strategy can't run yet"
            action={
              <Button
                size="sm"
                onClick={() => {
                  onOpenChange(false);
                  session.select(error.nodeId === undefined ? [] : [error.nodeId]);
                }}
              >
                Show
              </Button>
            }
          >
            {error.message}
          </Problem>
        ) : null}
        <UntakenNotice what="run" onShow={() => onOpenChange(false)} />
        {cost.refused === null ? null : <Problem title="This run would be refused">{cost.refused}</Problem>}
        {open ? <PlanRoom quotas={['backtestsADay', 'backtestsAMonth', 'unfinishedRuns']} /> : null}
        {start.isError ? (
          <Problem title={explainError(start.error).title}>{explainError(start.error).advice}</Problem>
        ) : null}
        <MarketFields choice={choice} />
        {read.map(({ id, symbol }) => (
          <MarketGaps key={id} marketId={id} symbol={symbol} {...timesOf(from, to)} />
        ))}
        {doubts.map((message) => (
          <p key={message} role="status" className="text-pretty text-warn">
            {message}
          </p>
        ))}
        {declared.length > 0 ? (
          <div className="grid gap-3 sm:grid-cols-3">
            {declared.map((input) => (
              <InputField
                key={input.name}
                input={input}
                value={inputs[input.name]}
                onChange={(value) => setInputs((old) => ({ ...old, [input.name]: value }))}
              />
            ))}
          </div>
        ) : null}
        <SettingsFields choice={choice} />
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
  const { name, value: fallback, min, max, step, options, percent } = input;
  const worth = percent ? 0.01 : 1;
  const shown = value ?? fallback;
  const range =
    min === undefined && max === undefined ? undefined : `${printInput(input, min)}–${printInput(input, max)}`;
  return (
    <Field label={<code>{name}</code>} aside={range}>
      {options ? (
        <Select
          value={String(shown)}
          onChange={(chosen) => onChange(options.find((option) => String(option) === chosen) ?? chosen)}
          options={options.map((option) => ({ value: String(option), label: printInput(input, option) }))}
        />
      ) : typeof shown === 'number' ? (
        <NumberField
          value={shown}
          step={(step ?? worth) / worth}
          onChange={onChange}
          {...(percent ? { unit: '%', worth } : {})}
          {...(min === undefined ? {} : { min })}
          {...(max === undefined ? {} : { max })}
        />
      ) : typeof shown === 'boolean' ? (
        <Switch checked={shown} onChange={onChange} label={shown ? 'on' : 'off'} />
      ) : (
        <Input value={String(shown ?? '')} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}
