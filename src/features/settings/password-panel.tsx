'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError, fieldOf } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';

export function PasswordPanel() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Panel title="Password">
      <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <span className="text-muted">A new one ends all your other sessions.</span>
        <Button onClick={() => setOpen(true)}>Change the password…</Button>
      </div>
      <Dialog open={isOpen} onOpenChange={setOpen} title="Change the password" width="sm">
        <ChangePassword onDone={() => setOpen(false)} />
      </Dialog>
    </Panel>
  );
}

function ChangePassword({ onDone }: { readonly onDone: () => void }) {
  const trpc = useTRPC();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({
      onSuccess: () => {
        toast.success('Your password is changed', { description: 'All other sessions have ended.' });
        onDone();
      },
    }),
  );
  const field = fieldOf(change.error);
  const problem = change.isError ? explainError(change.error).advice : undefined;
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ current, password });
      }}
    >
      {change.isError && field === null ? (
        <Problem title={explainError(change.error).title}>{explainError(change.error).advice}</Problem>
      ) : null}
      <Field label="Current password" problem={field === 'current' ? problem : undefined}>
        <Input
          type="password"
          autoComplete="current-password"
          autoFocus
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
      </Field>
      <Field
        label="New password"
        hint="At least 8 characters; a few words are best."
        problem={field === 'password' ? problem : undefined}
      >
        <Input
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={change.isPending} disabled={current === '' || password === ''}>
          Change it
        </Button>
      </div>
    </form>
  );
}
