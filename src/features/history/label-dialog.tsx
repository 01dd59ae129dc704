'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
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
    <Dialog
      open
      onOpenChange={onClose}
      title={`Name and tags of version ${row.number}`}
      description="They stand beside the version, which never changes."
      width="sm"
      footer={
        <Button look="primary" busy={save.isPending} onClick={submit}>
          Save
        </Button>
      }
    >
      <div className="space-y-3">
        <Field label="Name" problem={save.isError ? explainError(save.error).advice : undefined}>
          <Input autoFocus value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Tags, with commas between them">
          <Input
            value={tags}
            maxLength={1000}
            onChange={(event) => setTags(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') submit();
            }}
          />
        </Field>
      </div>
    </Dialog>
  );
}
