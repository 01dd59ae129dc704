'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDenial, useSession } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';

const FORM = 'delete-organisation';

/** Takes everything home, and has the organisation deleted after a time in which any owner may keep it. */
export function DeletePanel() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { org, deleteAfter } = useSession();
  const denied = useDenial('owner.manage');
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const remove = useMutation(
    trpc.organisation.delete.mutationOptions({
      onSuccess: () => {
        close(false);
        void queryClient.invalidateQueries(trpc.session.me.queryFilter());
      },
    }),
  );
  function close(next: boolean): void {
    setOpen(next);
    setName('');
    if (!next) remove.reset();
  }
  return (
    <Panel title="Everything of it">
      <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <span>
          Export <span className="text-muted">· every strategy, version, run, signal and market as one file</span>
        </span>
        {denied === undefined ? (
          <Button asChild>
            <a href="/api/organisation/export" download>
              Export everything
            </a>
          </Button>
        ) : (
          <Button denied={denied}>Export everything</Button>
        )}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3 border-t px-4 py-3">
        <span>
          Delete{' '}
          <span className="text-muted">
            · {deleteAfter === null ? 'after 14 days, in which any owner may keep it' : 'it will be deleted: see above'}
          </span>
        </span>
        <Button look="danger" denied={denied} disabled={deleteAfter !== null} onClick={() => setOpen(true)}>
          Delete {org.name}…
        </Button>
      </div>
      <Dialog
        open={open}
        onOpenChange={close}
        title={`Delete ${org.name}?`}
        description="In 14 days it is gone for good, with its strategies, versions, runs, bots, signals, markets and audit trail. Until then all works as before, and everybody here sees the date."
        width="sm"
        footer={
          <>
            <Button look="quiet" onClick={() => close(false)}>
              Cancel
            </Button>
            <Button look="danger" type="submit" form={FORM} busy={remove.isPending} disabled={name.trim() !== org.name}>
              Delete in 14 days
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
            remove.mutate({ name: name.trim() });
          }}
        >
          <Field
            label="Name of the organisation"
            hint={`Type ${org.name}, so that it is not another.`}
            problem={remove.isError ? explainError(remove.error).advice : undefined}
          >
            <Input value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />
          </Field>
        </form>
      </Dialog>
    </Panel>
  );
}
