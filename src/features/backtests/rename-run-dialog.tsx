'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { FormDialog } from '#ui/overlays/form-dialog.tsx';

interface RenameRunDialogProps {
  readonly run: { readonly id: string; readonly title: string | null };
  readonly onClose: () => void;
}

/** Gives a backtest a name; without one, the run is called by what it was made with. */
export function RenameRunDialog({ run: { id, title }, onClose }: RenameRunDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(title ?? '');
  const rename = useAction(
    trpc.backtest.rename.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.backtest.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <FormDialog
      title="Rename the backtest"
      description="Leave it empty, and the run is called by what it was made with."
      action="Rename"
      isBusy={rename.isPending}
      onSubmit={() => rename.mutate({ id, title: name.trim() })}
      onClose={onClose}
    >
      <Field label="Name">
        <Input autoFocus value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
