'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { FormDialog } from '#ui/overlays/form-dialog.tsx';

interface BranchDialogProps {
  readonly formulaName: string;
  readonly version: { readonly id: string; readonly number: number };
  readonly onClose: () => void;
}

/** Makes a branch of a version, and opens the branch. */
export function BranchDialog({ formulaName, version, onClose }: BranchDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [name, setName] = useState(`${[...formulaName].slice(0, 40).join('')}, branch`);
  const create = useMutation(
    trpc.branch.create.mutationOptions({
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries(trpc.branch.pathFilter());
        void queryClient.invalidateQueries(trpc.formula.pathFilter());
        router.push(`/formulas/${id}`);
        onClose();
      },
    }),
  );
  return (
    <FormDialog
      title={`Branch from version ${version.number}`}
      description={`A branch is a strategy of its own, with the same start. Merge what you like of it into ${formulaName} later, change by change.`}
      action="Make the branch"
      isBusy={create.isPending}
      isReady={name.trim() !== ''}
      onSubmit={() => create.mutate({ versionId: version.id, name: name.trim() })}
      onClose={onClose}
    >
      <Field label="Name of the branch" problem={create.isError ? explainError(create.error).advice : undefined}>
        <Input autoFocus value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
