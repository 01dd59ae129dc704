'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useMemo, useState, type ReactNode } from 'react';
import { METRICS, type MetricKey } from '#core/engine/figures/metrics.ts';
import type { InputDeclaration } from '#core/engine/plan/inputs.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { MarketFields, SettingsFields, useCost, useRunChoice } from '#features/backtests/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Field } from '#ui/controls/field.tsx';
import { NumberField } from '#ui/controls/number-field.tsx';
import { Segmented } from '#ui/controls/segmented.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { axisOf, draftOf, type AxisDraft } from './axis-draft.ts';
import { AxisFields } from './axis-fields.tsx';

/** As many as the server takes. */
const MOST_SWEPT = 50_000;

interface SweepDialogProps {
  readonly formulaId: string;
  /** As it is now. */
  readonly formula: Formula;
  /** Its inputs. */
  readonly declared: readonly InputDeclaration[];
  /** What keeps the formula from running, in words. */
  readonly error: string | undefined;
  /** What is to be known of the formula before it runs; null when the formula is what its author sees. */
  readonly notice: ReactNode;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

type Kind = 'sweep' | 'forward';

/** Which inputs, over which values, on which bars; with windows it is a walk-forward. */
export function SweepDialog({ formulaId, formula, declared, error, notice, open, onOpenChange }: SweepDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const choice = useRunChoice();
  const [drafts, setDrafts] = useState<Readonly<Record<string, AxisDraft>>>({});
  const [kind, setKind] = useState<Kind>('sweep');
  const [rankedBy, setRankedBy] = useState<MetricKey>('sharpe');
  const [samples, setSamples] = useState(0);
  const [windows, setWindows] = useState({ inSample: 1000, outOfSample: 250, anchored: false });
  const start = useMutation(
    trpc.sweep.start.mutationOptions({ onSuccess: ({ sweepId }) => router.push(`/sweeps/${sweepId}`) }),
  );
  const axes = useMemo(
    () => declared.flatMap((input) => axisOf(input, drafts[input.name] ?? draftOf(input)) ?? []),
    [declared, drafts],
  );
  const total = axes.reduce((product, { values }) => product * values.length, axes.length === 0 ? 0 : 1);
  const count = samples > 0 ? Math.min(samples, total) : total;
  const run = () => {
    const request = choice.request();
    const search = samples > 0 ? { kind: 'random' as const, samples, seed: 1 } : { kind: 'grid' as const };
    if (request)
      start.mutate({
        formulaId,
        ...request,
        axes: axes.map(({ name, values }) => ({ name, values: [...values] })),
        search,
        rankedBy,
        ...(kind === 'forward' ? { windows } : {}),
      });
  };
  const wanted = useMemo(
    () =>
      count === 0 || count > MOST_SWEPT
        ? null
        : { formula, candidates: count, axes, windows: kind === 'forward' ? windows : null },
    [formula, count, axes, kind, windows],
  );
  const cost = useCost(choice, wanted);
  const problem = problemOf({ declared, error, total, count });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Sweep the inputs"
      description="The strategy as it is now is kept as a version, and run with every combination of these values."
      width="lg"
      footer={
        <>
          <span className="tabular mr-auto self-center text-xs text-muted">
            {count.toLocaleString('en')}{' '}
            {[count === 1 ? 'setting' : 'settings', cost.summary].filter(Boolean).join(' · ')}
          </span>
          <Button look="quiet" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button
            look="primary"
            busy={start.isPending}
            disabled={!choice.market || problem !== null || cost.refused !== null}
            onClick={run}
          >
            {kind === 'forward' ? 'Walk forward' : 'Sweep'}
            {notice ? ' the last valid strategy' : ''}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {notice}
        {problem ? <Problem title={problem}>{null}</Problem> : null}
        {cost.refused === null ? null : <Problem title="This run would be refused">{cost.refused}</Problem>}
        {start.isError ? (
          <Problem title={explainError(start.error).title}>{explainError(start.error).advice}</Problem>
        ) : null}
        <MarketFields choice={choice} />
        <ul aria-label="Inputs" className="divide-y divide-line/70 rounded-md border">
          {axes.length > 0 ? (
            <li
              aria-hidden
              className="grid gap-3 px-3 py-1 text-2xs text-faint max-sm:hidden sm:grid-cols-[10rem_1fr_6rem]"
            >
              <span>Input</span>
              <span className="grid grid-cols-3 gap-2">
                <span>from</span>
                <span>to</span>
                <span>in steps of</span>
              </span>
            </li>
          ) : null}
          {declared.map((input) => {
            const draft = drafts[input.name] ?? draftOf(input);
            return (
              <AxisFields
                key={input.name}
                input={input}
                draft={draft}
                onChange={(change) => setDrafts((old) => ({ ...old, [input.name]: { ...draft, ...change } }))}
              />
            );
          })}
        </ul>
        <div className="grid gap-3 sm:grid-cols-3">
          <Field label="Best by">
            <Select
              value={rankedBy}
              onChange={setRankedBy}
              options={METRICS.map(({ key, title }) => ({ value: key, label: title }))}
            />
          </Field>
          <Field label="Random combinations" hint="0: all of them">
            <NumberField isInteger value={samples} min={0} max={MOST_SWEPT} step={100} onChange={setSamples} />
          </Field>
          <Labelled label="Kind">
            <Segmented
              label="Kind"
              value={kind}
              onChange={setKind}
              options={[
                { value: 'sweep', label: 'All bars' },
                { value: 'forward', label: 'Walk-forward' },
              ]}
            />
          </Labelled>
        </div>
        {kind === 'forward' ? (
          <div className="grid items-end gap-3 sm:grid-cols-3">
            <Field label="Optimise on" hint="Bars before each window">
              <NumberField
                isInteger
                value={windows.inSample}
                min={2}
                step={50}
                onChange={(inSample) => setWindows((old) => ({ ...old, inSample }))}
              />
            </Field>
            <Field label="Trade on" hint="Bars that follow">
              <NumberField
                isInteger
                value={windows.outOfSample}
                min={1}
                step={50}
                onChange={(outOfSample) => setWindows((old) => ({ ...old, outOfSample }))}
              />
            </Field>
            <Checkbox
              checked={windows.anchored}
              onChange={(anchored) => setWindows((old) => ({ ...old, anchored }))}
              label="Anchored"
              hint="Optimise from the first bar on"
            />
          </div>
        ) : null}
        <SettingsFields choice={choice} />
      </div>
    </Dialog>
  );
}

function problemOf({
  declared,
  error,
  total,
  count,
}: {
  declared: readonly InputDeclaration[];
  error: string | undefined;
  total: number;
  count: number;
}): string | null {
  if (error !== undefined) return error;
  if (declared.length === 0)
    return 'The strategy has no inputs: write `input fast = 10 in 2..50` and use `fast` where the number stands.';
  if (total === 0) return 'Choose an input to sweep, and a range that has values.';
  return count > MOST_SWEPT
    ? `These are ${count.toLocaleString('en')} settings, and ${MOST_SWEPT.toLocaleString('en')} can be tried: take larger steps, or some at random.`
    : null;
}

const Labelled = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div>
    <p className="mb-1 text-xs font-medium text-muted">{label}</p>
    {children}
  </div>
);
