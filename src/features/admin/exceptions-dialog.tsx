'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { Button } from '#ui/controls/button.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';

export type Organisation = Outputs['admin']['organisations'][number];

/** What a plan bounds, as the server calls it. */
const QUOTAS = [
  'formulas',
  'versions',
  'markets',
  'bars',
  'members',
  'invitations',
  'backtests',
  'sweeps',
  'unfinishedRuns',
  'bots',
  'runningBots',
] as const;
type Quota = (typeof QUOTAS)[number];
const isQuota = (name: string): name is Quota => QUOTAS.some((one) => one === name);

interface Row {
  readonly name: string;
  readonly value: string;
}

/** What an organisation may have beyond its plan, or short of it. */
export function ExceptionsDialog({
  organisation,
  onClose,
}: {
  readonly organisation: Organisation;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [rows, setRows] = useState<readonly Row[]>(() =>
    organisation.exceptions
      .filter(({ name }) => isQuota(name))
      .map(({ name, value }) => ({ name, value: String(value) })),
  );
  const set = useMutation(
    trpc.admin.setExceptions.mutationOptions({
      onSuccess: () => {
        toast.success(`${organisation.name} may have that from now on`);
        onClose();
        void queryClient.invalidateQueries(trpc.admin.pathFilter());
      },
    }),
  );
  const free = QUOTAS.filter((name) => rows.every((row) => row.name !== name));
  const change = (at: number, part: Partial<Row>) =>
    setRows((now) => now.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const save = () =>
    set.mutate({
      orgId: organisation.id,
      exceptions: rows.flatMap(({ name, value }) => (isQuota(name) ? [{ name, value: Number(value) }] : [])),
    });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Exceptions of ${organisation.name}`}
      description={`What stands here comes before its plan, ${organisation.plan ?? 'as subscribed'}. It holds for what is added from now on.`}
      width="sm"
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            look="primary"
            busy={set.isPending}
            disabled={rows.some(({ value }) => !/^\d{1,15}$/.test(value))}
            onClick={save}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="space-y-2">
        {set.isError ? <Problem title={explainError(set.error).title}>{explainError(set.error).advice}</Problem> : null}
        {rows.length === 0 ? <p className="text-muted">There are none: all is as the plan says.</p> : null}
        {rows.map((row, at) => (
          <div key={row.name} className="flex gap-2">
            <Select
              aria-label="What"
              className="w-44!"
              value={row.name}
              onChange={(name) => change(at, { name })}
              options={[row.name, ...free].map((name) => ({ value: name, label: name }))}
            />
            <Input
              aria-label={`How many ${row.name}`}
              inputMode="numeric"
              value={row.value}
              onChange={(event) => change(at, { value: event.target.value.trim() })}
            />
            <IconButton
              label={`Without the exception of ${row.name}`}
              onClick={() => setRows((now) => now.filter((_, index) => index !== at))}
            >
              <X />
            </IconButton>
          </div>
        ))}
        <Button
          size="sm"
          icon={<Plus />}
          disabled={free.length === 0}
          onClick={() => setRows((now) => [...now, { name: free[0] ?? '', value: '' }])}
        >
          Add an exception
        </Button>
      </div>
    </Dialog>
  );
}
