'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';

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
  const save = () => rename.mutate({ id, title: name.trim() });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Rename the backtest"
      description="Leave it empty, and the run is called by what it was made with."
      width="sm"
      footer={
        <Button look="primary" busy={rename.isPending} onClick={save}>
          Rename
        </Button>
      }
    >
      <Field label="Name">
        <Input
          autoFocus
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') save();
          }}
        />
      </Field>
    </Dialog>
  );
}
