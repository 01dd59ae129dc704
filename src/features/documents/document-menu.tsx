'use client';
import { useQueryClient } from '@tanstack/react-query';
import { EllipsisVertical, History, LoaderCircle, Minimize2, RefreshCcw } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Confirm } from '#ui/overlays/confirm.tsx';
import { Menu, MenuItem, MenuSeparator } from '#ui/overlays/menu.tsx';
import { RestoreDialog } from './restore-dialog.tsx';

interface DocumentMenuProps {
  readonly document: { readonly formulaId: string; readonly name: string; readonly people: number };
}

const inIt = (people: number): string => (people === 1 ? 'The person in it goes' : `The ${people} people in it go`);

/** What can be done to one document. */
export function DocumentMenu({ document: { formulaId, name, people } }: DocumentMenuProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [dialog, setDialog] = useState<'rebase' | 'restore' | null>(null);
  const close = (open: boolean) => {
    if (!open) setDialog(null);
  };
  const refresh = () => void queryClient.invalidateQueries(trpc.document.pathFilter());
  const compact = useAction(
    trpc.document.compact.mutationOptions({
      onSuccess: () => {
        refresh();
        toast.success(`${name} is compacted`);
      },
    }),
  );
  const rebase = useAction(
    trpc.document.rebase.mutationOptions({
      onSuccess: ({ epoch }) => {
        close(false);
        refresh();
        toast.success(`${name} is re-based`, { description: `It is in epoch ${epoch} now.` });
      },
    }),
  );
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`Look after ${name}`} size="sm" disabled={compact.isPending}>
            {compact.isPending ? <LoaderCircle className="animate-spin" /> : <EllipsisVertical />}
          </IconButton>
        }
      >
        <MenuItem icon={<Minimize2 />} onSelect={() => compact.mutate({ formulaId })}>
          Compact
        </MenuItem>
        <MenuItem icon={<RefreshCcw />} onSelect={() => setDialog('rebase')}>
          Re-base…
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<History />} onSelect={() => setDialog('restore')}>
          Restore a version…
        </MenuItem>
      </Menu>
      <Confirm
        open={dialog === 'rebase'}
        onOpenChange={close}
        title={`Re-base ${name}?`}
        action="Re-base"
        busy={rebase.isPending}
        onConfirm={() => rebase.mutate({ formulaId })}
      >
        A fresh copy takes the document’s place: it says the same, without what was deleted.{' '}
        {people > 0 ? `${inIt(people)} over to it at once, and can not undo what was before.` : 'Nobody is in it now.'}{' '}
        Changes that somebody made offline are taken along. This can not be taken back.
      </Confirm>
      <RestoreDialog formulaId={formulaId} name={name} open={dialog === 'restore'} onOpenChange={close} />
    </>
  );
}
