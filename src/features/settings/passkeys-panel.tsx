'use client';
import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { appCodeOf, explainError } from '#trpc/explain-error.ts';
import { useAction } from '#trpc/use-action.ts';
import { makePasskey, passkeyAdvice } from '#ui/browser/passkeys.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Age, Time } from '#ui/data/time.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Confirm } from '#ui/overlays/confirm.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useAccountChanged, type Account } from './use-account.ts';

type Passkey = Account['passkeys'][number];

export function PasskeysPanel({ account: { passkeys } }: { readonly account: Account }) {
  const trpc = useTRPC();
  const changed = useAccountChanged();
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const remove = useAction(
    trpc.account.removePasskey.mutationOptions({
      onSuccess: async () => {
        setRemoving(null);
        await changed();
      },
    }),
  );
  return (
    <Panel
      title="Passkeys"
      actions={
        <Button size="sm" icon={<KeyRound />} onClick={() => setAdding(true)}>
          Add a passkey…
        </Button>
      }
    >
      {passkeys.length === 0 ? (
        <p className="px-4 py-3 text-muted">
          A passkey is kept by your device, your password manager or a security key. It signs you in without a password,
          and serves as a second factor.
        </p>
      ) : (
        <ul aria-label="Passkeys" className="divide-y divide-line/70">
          {passkeys.map((passkey) => (
            <li key={passkey.id} className="flex flex-wrap items-center justify-between gap-2 px-4 py-2.5">
              <span className="min-w-0">
                <span className="block truncate font-medium">{passkey.name}</span>
                <span className="text-xs text-muted">
                  since <Time value={passkey.createdAt.getTime()} detail="day" />
                  {passkey.isBackedUp ? ', on several devices' : ', on one device'}
                  {passkey.lastUsedAt ? (
                    <>
                      , used <Age value={passkey.lastUsedAt.getTime()} />
                    </>
                  ) : (
                    ', not used yet'
                  )}
                </span>
              </span>
              <Button size="sm" aria-label={`Remove ${passkey.name}`} onClick={() => setRemoving(passkey)}>
                Remove…
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Dialog
        open={isAdding}
        onOpenChange={(open) => {
          setAdding(open);
          if (!open) void changed();
        }}
        title="Add a passkey"
        width="sm"
      >
        <AddPasskey
          onDone={() => {
            setAdding(false);
            void changed();
          }}
        />
      </Dialog>
      <Confirm
        open={removing !== null}
        onOpenChange={() => setRemoving(null)}
        title={`Remove ${removing?.name ?? ''}?`}
        action="Remove the passkey"
        busy={remove.isPending}
        onConfirm={() => removing && remove.mutate({ id: removing.id })}
      >
        It no longer signs you in. Remove it from your device, too.
      </Confirm>
    </Panel>
  );
}

function AddPasskey({ onDone }: { readonly onDone: () => void }) {
  const client = useTRPCClient();
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: async () => {
      const { ticket, options } = await client.account.beginPasskey.mutate();
      const response = await makePasskey(options);
      return client.account.addPasskey.mutate({ ticket, response, name });
    },
  });
  if (add.isSuccess) return <RecoveryCodes codes={add.data.recoveryCodes} onDone={onDone} />;
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') add.mutate();
      }}
    >
      {add.isError ? (
        <Problem title="No passkey was added">
          {appCodeOf(add.error) === null ? passkeyAdvice(add.error) : explainError(add.error).advice}
        </Problem>
      ) : null}
      <Field label="Name" hint="What you will know it by: the device, or where the key lies.">
        <Input autoFocus value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={add.isPending} disabled={name.trim() === ''}>
          Continue
        </Button>
      </div>
    </form>
  );
}
