'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Select } from '#ui/controls/select.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { ROLES, type InvitedRole } from './roles.ts';

interface InviteDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

interface Asked {
  readonly email?: string | undefined;
  readonly letter?: boolean | undefined;
}

const saidOf = (asked: Asked | undefined): string =>
  asked?.email !== undefined && asked.letter
    ? `A letter to ${asked.email} is on its way. This link does the same, works once and is not shown again.`
    : 'Send them this link. It works once and is not shown again.';

/** Makes a link for one colleague. It is shown once: the server keeps only its hash. */
export function InviteDialog({ open, onOpenChange }: InviteDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [role, setRole] = useState<InvitedRole>('editor');
  const [email, setEmail] = useState('');
  const [letter, setLetter] = useState(true);
  const invite = useMutation(
    trpc.team.invite.mutationOptions({ onSuccess: () => void queryClient.invalidateQueries(trpc.team.pathFilter()) }),
  );
  const link = invite.data ? new URL(invite.data.path, location.origin).href : null;
  const close = (next: boolean) => {
    if (!next) invite.reset();
    onOpenChange(next);
  };
  const copy = async () => {
    await navigator.clipboard.writeText(link ?? '');
    toast.success('Link copied');
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title="Invite a colleague"
      description={link ? saidOf(invite.variables) : undefined}
      width="sm"
      footer={
        link ? (
          <Button look="primary" onClick={() => close(false)}>
            Done
          </Button>
        ) : (
          <Button
            look="primary"
            busy={invite.isPending}
            onClick={() => invite.mutate(email.trim() === '' ? { role } : { role, email: email.trim(), letter })}
          >
            {email.trim() !== '' && letter ? 'Send the invitation' : 'Make a link'}
          </Button>
        )
      }
    >
      {link ? (
        <div className="flex gap-2">
          <Input readOnly aria-label="Invitation link" value={link} onFocus={(event) => event.target.select()} />
          <Button icon={<Copy />} onClick={() => void copy()}>
            Copy
          </Button>
        </div>
      ) : (
        <div className="space-y-4">
          <Field label="Role">
            <Select value={role} onChange={setRole} options={ROLES.filter(({ value }) => value !== 'owner')} />
          </Field>
          <Field
            label="E-mail"
            aside="optional"
            hint="The link then works only for this address."
            problem={invite.isError ? explainError(invite.error).advice : undefined}
          >
            <Input type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
          </Field>
          {email.trim() === '' ? null : (
            <Checkbox label="Send them a letter with the link" checked={letter} onChange={setLetter} />
          )}
        </div>
      )}
    </Dialog>
  );
}
