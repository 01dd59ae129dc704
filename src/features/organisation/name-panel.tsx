'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDenial, useSession } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Panel } from '#ui/layout/panel.tsx';

export function NamePanel() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { org } = useSession();
  const denied = useDenial('owner.manage');
  const [name, setName] = useState(org.name);
  const rename = useMutation(
    trpc.organisation.rename.mutationOptions({
      onSuccess: () => {
        toast.success('The organisation is renamed');
        void queryClient.invalidateQueries(trpc.session.me.queryFilter());
      },
    }),
  );
  return (
    <Panel title="Name">
      <form
        noValidate
        className="flex flex-wrap items-end gap-2 px-4 py-3"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ name });
        }}
      >
        <Field
          label="Name of the organisation"
          className="min-w-60 flex-1"
          problem={rename.isError ? explainError(rename.error).advice : undefined}
        >
          <Input
            value={name}
            maxLength={100}
            readOnly={denied !== undefined}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Button type="submit" denied={denied} busy={rename.isPending} disabled={name.trim() === org.name}>
          Rename
        </Button>
      </form>
    </Panel>
  );
}
