'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { TEMPLATES, type TemplateId } from './templates.ts';

interface NewFormulaDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function NewFormulaDialog({ open, onOpenChange }: NewFormulaDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [template, setTemplate] = useState<TemplateId>('cross');
  const create = useMutation(
    trpc.formula.create.mutationOptions({
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries(trpc.formula.list.queryFilter());
        router.push(`/formulas/${id}`);
      },
    }),
  );
  const code = TEMPLATES.find(({ id }) => id === template)?.code ?? '';
  const submit = () => create.mutate({ name: name.trim(), ...(code === '' ? {} : { code }) });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New strategy"
      width="sm"
      footer={
        <>
          <Button look="quiet" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button look="primary" busy={create.isPending} disabled={name.trim() === ''} onClick={submit}>
            Create
          </Button>
        </>
      }
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') submit();
        }}
      >
        <Field label="Name" problem={create.isError ? explainError(create.error).advice : undefined}>
          <Input autoFocus value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Begin with">
          <Select
            value={template}
            onChange={setTemplate}
            options={TEMPLATES.map(({ id, title }) => ({ value: id, label: title }))}
          />
        </Field>
      </form>
    </Dialog>
  );
}
