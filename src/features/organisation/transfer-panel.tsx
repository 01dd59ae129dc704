'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { idOf } from '#core/requests/ids.ts';
import { useDenial, useSession } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Select } from '#ui/controls/select.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';

const FORM = 'transfer-organisation';

/** Makes another member the owner in one's own place. */
export function TransferPanel() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { org, user } = useSession();
  const denied = useDenial('owner.manage');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState('');
  const team = useQuery(trpc.team.get.queryOptions());
  const others = (team.data?.members ?? []).filter(({ userId }) => userId !== user.id);
  const to = others.find(({ userId }) => userId === chosen) ?? others[0];
  const transfer = useMutation(
    trpc.organisation.transfer.mutationOptions({
      onSuccess: () => {
        toast.success(`${to?.name ?? 'Somebody else'} is the owner now`);
        close(false);
        void queryClient.invalidateQueries(trpc.session.me.queryFilter());
        void queryClient.invalidateQueries(trpc.team.pathFilter());
      },
    }),
  );
  function close(next: boolean): void {
    setOpen(next);
    if (!next) transfer.reset();
  }
  const nobody = team.data && others.length === 0 ? 'Nobody else is here. Invite somebody first.' : undefined;
  return (
    <Panel title="Owner">
      <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <span>
          Hand it over <span className="text-muted">· another member becomes the owner, you stay as an admin</span>
        </span>
        <Button denied={denied ?? nobody} onClick={() => setOpen(true)}>
          Transfer…
        </Button>
      </div>
      <Dialog
        open={open}
        onOpenChange={close}
        title={`Transfer ${org.name}`}
        description="You can't take it back: only the new owner can make you an owner again. Both of you are told."
        width="sm"
        footer={
          <>
            <Button look="quiet" onClick={() => close(false)}>
              Cancel
            </Button>
            <Button look="danger" type="submit" form={FORM} busy={transfer.isPending}>
              Transfer
            </Button>
          </>
        }
      >
        <form
          id={FORM}
          noValidate
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (to) transfer.mutate({ userId: to.userId });
          }}
        >
          <Field label="New owner" problem={transfer.isError ? explainError(transfer.error).advice : undefined}>
            <Select
              value={to?.userId ?? idOf('user', '')}
              onChange={(value) => setChosen(value)}
              options={others.map(({ userId, name, email }) => ({ value: userId, label: `${name} (${email})` }))}
            />
          </Field>
        </form>
      </Dialog>
    </Panel>
  );
}
