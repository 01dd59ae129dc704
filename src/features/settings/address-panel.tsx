'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { WhereLettersAre } from '#features/mail/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { useAccountChanged, type Account } from './use-account.ts';

export function AddressPanel({ account }: { readonly account: Account }) {
  const [isChanging, setChanging] = useState(false);
  return (
    <Panel title="Address">
      <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <span className="min-w-0 break-all">
          {account.email}{' '}
          <Badge tone={account.verifiedAt ? 'good' : 'warn'}>
            {account.verifiedAt ? 'Confirmed' : 'Not confirmed'}
          </Badge>
        </span>
        <Button onClick={() => setChanging(true)}>Change…</Button>
      </div>
      {account.verifiedAt ? null : <Verification account={account} />}
      <Dialog
        open={isChanging}
        onOpenChange={setChanging}
        title="Another address"
        description="Both addresses get a letter, and both have to agree within half an hour."
        width="sm"
      >
        <ChangeAddress account={account} onDone={() => setChanging(false)} />
      </Dialog>
    </Panel>
  );
}

function Verification({ account }: { readonly account: Account }) {
  const trpc = useTRPC();
  const changed = useAccountChanged();
  const [code, setCode] = useState('');
  const verify = useMutation(
    trpc.account.verify.mutationOptions({
      onSuccess: async () => {
        toast.success('Your address is confirmed');
        await changed();
      },
    }),
  );
  const send = useAction(
    trpc.account.sendVerification.mutationOptions({ onSuccess: () => void toast.success('A letter is on its way') }),
  );
  return (
    <form
      noValidate
      className="space-y-3 border-t px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (code !== '') verify.mutate({ code });
      }}
    >
      <p className="text-muted">
        Open the link in the letter that we sent you, or type its code.{' '}
        {account.mustVerify
          ? 'Until then you can build and test strategies, but not invite people or add a second factor.'
          : 'On this server nothing waits for it.'}
      </p>
      <Field label="Code of the letter" problem={verify.isError ? explainError(verify.error).advice : undefined}>
        <div className="flex flex-wrap gap-2">
          <Input
            className="max-w-40"
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
          <Button type="submit" look="primary" busy={verify.isPending} disabled={code === ''}>
            Confirm
          </Button>
          <Button busy={send.isPending} onClick={() => send.mutate()}>
            Send another letter
          </Button>
        </div>
      </Field>
      <WhereLettersAre post={account.post} />
    </form>
  );
}

function ChangeAddress({ account, onDone }: { readonly account: Account; readonly onDone: () => void }) {
  const trpc = useTRPC();
  const [email, setEmail] = useState('');
  const change = useMutation(
    trpc.account.changeAddress.mutationOptions({
      onSuccess: () => {
        toast.success('Two letters are on their way', { description: 'Agree in both of them.' });
        onDone();
      },
    }),
  );
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ email });
      }}
    >
      <Field label="New address" problem={change.isError ? explainError(change.error).advice : undefined}>
        <Input type="email" autoFocus value={email} onChange={(event) => setEmail(event.target.value)} />
      </Field>
      <WhereLettersAre post={account.post} />
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={change.isPending} disabled={email === ''}>
          Send the letters
        </Button>
      </div>
    </form>
  );
}
