'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
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
  const save = () => change.mutate({ id, tags: [...tagsOf(text)] });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Tags of ${name}`}
      width="sm"
      footer={
        <Button look="primary" busy={change.isPending} onClick={save}>
          Save
        </Button>
      }
    >
      <Field
        label="Tags"
        hint="Between commas, such as: trend, long only"
        problem={change.isError ? explainError(change.error).advice : undefined}
      >
        <Input
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') save();
          }}
        />
      </Field>
    </Dialog>
  );
}
