'use client';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Time } from '#ui/data/time.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Confirm } from '#ui/overlays/confirm.tsx';
import { useAccountChanged, type Account } from './use-account.ts';

const TotpDialog = dynamic(() => import('./totp-dialog.tsx').then((module) => module.TotpDialog));

/** Codes of an app on one’s telephone. */
export function TotpPanel({ account: { totpSince } }: { readonly account: Account }) {
  const trpc = useTRPC();
  const changed = useAccountChanged();
  const [begun, setBegun] = useState<{ readonly uri: string; readonly secret: string } | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const begin = useAction(trpc.account.beginTotp.mutationOptions({ onSuccess: setBegun }));
  const remove = useAction(
    trpc.account.removeTotp.mutationOptions({
      onSuccess: async () => {
        setRemoving(false);
        await changed();
      },
    }),
  );
  return (
    <Panel title="Codes of an app">
      <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <span className="text-muted">
          {totpSince ? (
            <>
              Asked for at each sign-in since <Time value={totpSince.getTime()} detail="day" />.
            </>
          ) : (
            'An app on your telephone shows six digits that signing in asks for, too.'
          )}
        </span>
        {totpSince ? (
          <Button onClick={() => setRemoving(true)}>Remove…</Button>
        ) : (
          <Button look="primary" busy={begin.isPending} onClick={() => begin.mutate()}>
            Set up an app…
          </Button>
        )}
      </div>
      {begun ? (
        <TotpDialog
          begun={begun}
          onClose={() => {
            setBegun(null);
            void changed();
          }}
        />
      ) : null}
      <Confirm
        open={isRemoving}
        onOpenChange={setRemoving}
        title="Remove the app?"
        action="Remove the app"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        Signing in no longer asks for its codes. Without a passkey your password alone lets people in.
      </Confirm>
    </Panel>
  );
}
