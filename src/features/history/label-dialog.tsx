'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { FormDialog } from '#ui/overlays/form-dialog.tsx';
import type { HistoryRow } from './use-history.ts';

/** Gives a version a name and tags. The version itself never changes. */
export function LabelDialog({ row, onClose }: { readonly row: HistoryRow; readonly onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(row.name);
  const [tags, setTags] = useState(row.tags.join(', '));
  const save = useMutation(
    trpc.version.label.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.history.pathFilter());
        onClose();
      },
    }),
  );
  const submit = () =>
    save.mutate({
      id: row.id,
      name: name.trim(),
      tags: tags
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
    });
  return (
    <FormDialog
      title={`Name and tags of version ${row.number}`}
      description="They stand beside the version, which never changes."
      action="Save"
      isBusy={save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" problem={save.isError ? explainError(save.error).advice : undefined}>
        <Input autoFocus value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="Tags, with commas between them">
        <Input value={tags} maxLength={1000} onChange={(event) => setTags(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
