'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { GitCommitVertical } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Select } from '#ui/controls/select.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { formatAge } from '#ui/format/format-time.ts';
import { Dialog } from '#ui/overlays/dialog.tsx';

interface RestoreDialogProps {
  readonly formulaId: string;
  readonly name: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Makes the formula say what one of its versions says, for everybody who is in it. */
export function RestoreDialog({ formulaId, name, open, onOpenChange }: RestoreDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<string>();
  const versions = useQuery(trpc.version.list.queryOptions({ formulaId }, { enabled: open }));
  const restore = useMutation(
    trpc.version.restore.mutationOptions({
      onSuccess: ({ number, before }) => {
        change(false);
        void queryClient.invalidateQueries(trpc.document.pathFilter());
        toast.success(`${name} says what version ${number} says`, {
          description: `Version ${before} keeps what was there before.`,
        });
      },
    }),
  );
  const change = (next: boolean) => {
    setChosen(undefined);
    restore.reset();
    onOpenChange(next);
  };
  const options = versions.data?.map(({ id, number, message, author, createdAt }) => ({
    value: id,
    label: `Version ${number}${message === '' ? '' : ` · ${message}`}`,
    hint: `${author}, ${formatAge(createdAt, versions.dataUpdatedAt)}`,
  }));
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={`Restore a version of ${name}`}
      description="Everybody who is in the strategy sees it at once. What is there now is kept as a version, and can be restored again."
      width="sm"
      footer={
        <Button
          look="primary"
          disabled={chosen === undefined}
          busy={restore.isPending}
          onClick={() => {
            if (chosen !== undefined) restore.mutate({ id: chosen });
          }}
        >
          Restore
        </Button>
      }
    >
      {versions.isError ? (
        <Problem title={explainError(versions.error).title}>{explainError(versions.error).advice}</Problem>
      ) : null}
      {versions.isPending ? <SkeletonRows rows={1} /> : null}
      {options?.length === 0 ? (
        <EmptyState icon={<GitCommitVertical />} title="No versions yet">
          “Save version” in the builder makes one.
        </EmptyState>
      ) : null}
      {options && options.length > 0 ? (
        <Field label="Version">
          <Select value={chosen} onChange={setChosen} options={options} />
        </Field>
      ) : null}
      {restore.isError ? (
        <Problem className="mt-4" title={explainError(restore.error).title}>
          {explainError(restore.error).advice}
        </Problem>
      ) : null}
    </Dialog>
  );
}
