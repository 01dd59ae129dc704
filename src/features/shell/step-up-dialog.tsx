'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { appCodeOf, explainError } from '#trpc/explain-error.ts';
import { askBy } from '#trpc/step-up.ts';
import { passkeyAdvice, usePasskey as askForPasskey } from '#ui/browser/passkeys.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';

/** Asks for a confirmation when the server wants one; what was asked for goes on behind it. */
export function StepUpDialog() {
  const [isOpen, setOpen] = useState(false);
  const answer = useRef<((confirmed: boolean) => void) | null>(null);
  useEffect(
    () =>
      askBy(() => {
        setOpen(true);
        return new Promise((resolve) => {
          answer.current = resolve;
        });
      }),
    [],
  );
  const end = (confirmed: boolean): void => {
    setOpen(false);
    answer.current?.(confirmed);
    answer.current = null;
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) end(false);
      }}
      title="Confirm that it is you"
      description="This concerns the security of your account or your organisation. It holds for five minutes."
      width="sm"
    >
      {isOpen ? <Confirmation onConfirmed={() => end(true)} /> : null}
    </Dialog>
  );
}

function Confirmation({ onConfirmed }: { readonly onConfirmed: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [typed, setTyped] = useState('');
  const account = useQuery(trpc.account.security.queryOptions());
  const stepUp = useMutation(trpc.account.stepUp.mutationOptions({ onSuccess: onConfirmed }));
  const passkey = useMutation({
    mutationFn: async () => {
      const { ticket, options } = await client.account.beginStepUp.mutate();
      const response = await askForPasskey(options);
      await client.account.stepUp.mutate({ ticket, response });
    },
    onSuccess: onConfirmed,
  });
  if (!account.data) return <Skeleton className="h-24" />;
  const { totpSince, passkeys } = account.data;
  const hasFactor = totpSince !== null || passkeys.length > 0;
  const submit = (): void => stepUp.mutate(hasFactor ? { code: typed } : { password: typed });
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== '') submit();
      }}
    >
      {passkey.isError ? (
        <Problem title="Not confirmed">
          {appCodeOf(passkey.error) === null ? passkeyAdvice(passkey.error) : explainError(passkey.error).advice}
        </Problem>
      ) : null}
      {passkeys.length > 0 ? (
        <Button
          size="lg"
          className="w-full"
          icon={<KeyRound />}
          busy={passkey.isPending}
          onClick={() => passkey.mutate()}
        >
          Use a passkey
        </Button>
      ) : null}
      <Field
        label={hasFactor ? (totpSince ? 'Code of your app' : 'Recovery code') : 'Password'}
        problem={stepUp.isError ? explainError(stepUp.error).advice : undefined}
      >
        <Input
          autoFocus
          type={hasFactor ? 'text' : 'password'}
          autoComplete={hasFactor ? 'one-time-code' : 'current-password'}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={stepUp.isPending} disabled={typed === ''}>
          Confirm
        </Button>
      </div>
    </form>
  );
}
