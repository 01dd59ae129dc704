'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { INSTRUMENT_KINDS } from '#core/market/instrument.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { draftOf, readDraft, type InstrumentDraft } from './instrument-draft.ts';
import { DAY_NAMES, KIND_NAMES } from './instrument-words.ts';

type Market = Outputs['market']['list'][number];

const KINDS = INSTRUMENT_KINDS.map((kind) => ({ value: kind, label: KIND_NAMES[kind] }));

/** Says what a symbol is: where and when it is traded, and in which steps. */
export function InstrumentDialog({ market, onClose }: { readonly market: Market; readonly onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf({ name: market.name, ...market.instrument }));
  const [isTried, setIsTried] = useState(false);
  const describe = useMutation(
    trpc.market.describe.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.market.list.queryFilter());
        onClose();
      },
    }),
  );
  const change = (next: Partial<InstrumentDraft>) => setDraft((before) => ({ ...before, ...next }));
  const read = readDraft(draft);
  const problems = isTried && !read.ok ? read.error : {};
  const submit = () => {
    setIsTried(true);
    if (read.ok) describe.mutate({ marketId: market.id, ...read.value });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Describe ${market.symbol}`}
      description={`What is said here holds for all markets of ${market.symbol}. An empty field says nothing.`}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" busy={describe.isPending} onClick={submit}>
            Save
          </Button>
        </>
      }
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {describe.isError ? (
          <Problem title={explainError(describe.error).title}>{explainError(describe.error).advice}</Problem>
        ) : null}
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Name" problem={problems.name}>
            <Input value={draft.name} maxLength={100} onChange={(event) => change({ name: event.target.value })} />
          </Field>
          <Field label="Kind">
            <Select value={draft.kind} onChange={(kind) => change({ kind })} options={KINDS} />
          </Field>
          <Field label="Venue" hint="Where it is traded, such as XNYS">
            <Input value={draft.venue} maxLength={100} onChange={(event) => change({ venue: event.target.value })} />
          </Field>
          <Field label="Time zone" hint="Such as America/New_York" problem={problems.timeZone}>
            <Input
              value={draft.timeZone}
              maxLength={64}
              onChange={(event) => change({ timeZone: event.target.value })}
            />
          </Field>
          <Field label="Tick size" hint="The smallest step of a price" problem={problems.tick}>
            <Input
              inputMode="decimal"
              value={draft.tick}
              maxLength={30}
              onChange={(event) => change({ tick: event.target.value })}
            />
          </Field>
          <Field label="Lot size" hint="The smallest step of an order’s units" problem={problems.lot}>
            <Input
              inputMode="decimal"
              value={draft.lot}
              maxLength={30}
              onChange={(event) => change({ lot: event.target.value })}
            />
          </Field>
        </div>
        <Checkbox
          checked={draft.hasSession}
          onChange={(hasSession) => change({ hasSession })}
          label="Traded at some hours alone"
          hint="A session that closes before it opens ends on the next day."
        />
        {draft.hasSession ? <SessionFields draft={draft} problem={problems.session} onChange={change} /> : null}
        {/* Enter in a field saves. */}
        <button type="submit" className="hidden" aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  );
}

interface SessionFieldsProps {
  readonly draft: InstrumentDraft;
  readonly problem: string | undefined;
  readonly onChange: (change: Partial<InstrumentDraft>) => void;
}

function SessionFields({ draft: { opens, closes, days, timeZone }, problem, onChange }: SessionFieldsProps) {
  return (
    <div className="space-y-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Opens" hint={`By the clock of ${timeZone}`} problem={problem}>
          <Input type="time" value={opens} onChange={(event) => onChange({ opens: event.target.value })} />
        </Field>
        <Field label="Closes">
          <Input type="time" value={closes} onChange={(event) => onChange({ closes: event.target.value })} />
        </Field>
      </div>
      <fieldset className="flex flex-wrap gap-3">
        <legend className="mb-1 text-xs font-medium text-muted">Days on which it opens</legend>
        {DAY_NAMES.map((name, index) => {
          const day = index + 1;
          return (
            <Checkbox
              key={name}
              checked={days.includes(day)}
              onChange={(isOpen) => onChange({ days: isOpen ? [...days, day] : days.filter((each) => each !== day) })}
              label={name}
            />
          );
        })}
      </fieldset>
    </div>
  );
}
