'use client';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useAccountChanged, type Account } from './use-account.ts';

/** Fewer than this are said to be few. */
const FEW = 4;

export function RecoveryPanel({ account }: { readonly account: Account }) {
  const trpc = useTRPC();
  const changed = useAccountChanged();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const make = useAction(
    trpc.account.makeRecoveryCodes.mutationOptions({ onSuccess: ({ recoveryCodes }) => setCodes(recoveryCodes) }),
  );
  if (account.totpSince === null && account.passkeys.length === 0) return null;
  const left = account.recoveryCodes;
  return (
    <Panel title="Recovery codes">
      <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <span className={left < FEW ? 'text-warn' : 'text-muted'}>
          {left} of 10 are left{left < FEW ? ': make new ones' : '. Each lets you in once without your second factor'}.
        </span>
        <Button busy={make.isPending} onClick={() => make.mutate()}>
          Make new codes…
        </Button>
      </div>
      <Dialog
        open={codes !== null}
        onOpenChange={(open) => {
          if (open) return;
          setCodes(null);
          void changed();
        }}
        title="New recovery codes"
        description="The codes from before do not work any more."
      >
        <RecoveryCodes
          codes={codes ?? []}
          onDone={() => {
            setCodes(null);
            void changed();
          }}
        />
      </Dialog>
    </Panel>
  );
}
