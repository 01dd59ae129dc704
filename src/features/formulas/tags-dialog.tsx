'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { FormDialog } from '#ui/overlays/form-dialog.tsx';
import { tagsOf } from './filter-formulas.ts';

interface TagsDialogProps {
  readonly formula: { readonly id: string; readonly name: string; readonly tags: readonly string[] };
  readonly onClose: () => void;
}

/** The words that a strategy is found by. */
export function TagsDialog({ formula: { id, name, tags }, onClose }: TagsDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [text, setText] = useState(tags.join(', '));
  const change = useMutation(
    trpc.formula.tag.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.formula.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <FormDialog
      title={`Tags of ${name}`}
      action="Save"
      isBusy={change.isPending}
      onSubmit={() => change.mutate({ id, tags: [...tagsOf(text)] })}
      onClose={onClose}
    >
      <Field
        label="Tags"
        hint="Between commas, such as: trend, long only"
        problem={change.isError ? explainError(change.error).advice : undefined}
      >
        <Input autoFocus value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
