'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { announceSwitch } from './announce-switch.ts';

const FORM = 'create-organisation';

/** A person may have several organisations; each has its own strategies, people and plan. */
export function CreateOrganisation({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const trpc = useTRPC();
  const [name, setName] = useState('');
  const create = useMutation(
    trpc.organisation.create.mutationOptions({
      onSuccess: () => {
        announceSwitch();
        location.assign('/formulas');
      },
    }),
  );
  const close = (next: boolean): void => {
    if (!next) create.reset();
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title="New organisation"
      description="With strategies, people and markets of its own. You are its owner, and go on there."
      width="sm"
      footer={
        <>
          <Button look="quiet" onClick={() => close(false)}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={FORM} busy={create.isPending || create.isSuccess}>
            Create
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ name });
        }}
      >
        <Field label="Name" problem={create.isError ? explainError(create.error).advice : undefined}>
          <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
