'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { FormDialog } from '#ui/overlays/form-dialog.tsx';
import { useUntaken } from '../session/use-session.ts';
import { UntakenNotice } from './untaken-notice.tsx';

interface SaveVersionDialogProps {
  readonly formulaId: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function SaveVersionDialog({ formulaId, open, onOpenChange }: SaveVersionDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { words } = useUntaken();
  const [message, setMessage] = useState('');
  const save = useMutation(
    trpc.version.create.mutationOptions({
      onSuccess: ({ number }) => {
        void queryClient.invalidateQueries(trpc.version.pathFilter());
        toast.success(`Version ${number} saved`);
        setMessage('');
        onOpenChange(false);
      },
    }),
  );
  if (!open) return null;
  return (
    <FormDialog
      title="Save a version"
      description="It keeps the strategy as it is now. It is never changed."
      action={words !== null ? 'Save the last valid strategy' : 'Save'}
      isBusy={save.isPending}
      onSubmit={() => save.mutate({ formulaId, message: message.trim() })}
      onClose={() => onOpenChange(false)}
    >
      <div className="empty:hidden">
        <UntakenNotice what="version" onShow={() => onOpenChange(false)} />
      </div>
      <Field label="What has changed" problem={save.isError ? explainError(save.error).advice : undefined}>
        <Input autoFocus value={message} maxLength={500} onChange={(event) => setMessage(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
