'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Select } from '#ui/controls/select.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Panel } from '#ui/layout/panel.tsx';

type Policy = Outputs['policy']['get'];

const ROLES = ['reviewer', 'editor', 'admin', 'owner'] as const;
const COUNTS = ['0', '1', '2', '3', '4', '5'] as const;

const wordsOf = (count: string): string =>
  count === '0' ? 'None: anybody who edits may publish' : count === '1' ? '1 approval' : `${count} approvals`;

/** What the organisation asks for before a version is published or runs live. */
export function PolicyPanel() {
  const trpc = useTRPC();
  const policy = useQuery(trpc.policy.get.queryOptions());
  return policy.data ? <PolicyForm key={JSON.stringify(policy.data)} policy={policy.data} /> : null;
}

function PolicyForm({ policy }: { readonly policy: Policy }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const denied = useDenial('policy.manage');
  const [approvals, setApprovals] = useState(String(policy.approvals));
  const [roles, setRoles] = useState<readonly string[]>(policy.roles);
  const set = useMutation(
    trpc.policy.set.mutationOptions({
      onSuccess: () => {
        toast.success('The policy is set');
        void queryClient.invalidateQueries(trpc.policy.pathFilter());
      },
    }),
  );
  const chosen = ROLES.filter((role) => roles.includes(role));
  const isSame = approvals === String(policy.approvals) && chosen.join() === policy.roles.join();
  return (
    <Panel title="Before a version is published">
      <div className="space-y-3 px-4 py-3">
        <p className="text-muted">
          Approvals are of exactly what a version says. Nobody’s approval counts who worked on the change. The same
          holds before a bot trades with money. Owners can publish without approvals, and say why.
        </p>
        <Field label="Approvals" problem={set.isError ? explainError(set.error).advice : undefined}>
          <Select
            value={approvals}
            onChange={setApprovals}
            disabled={denied !== undefined}
            options={COUNTS.map((value) => ({ value: value as string, label: wordsOf(value) }))}
          />
        </Field>
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
          <legend className="mb-1 text-sm font-medium">Whose approvals count</legend>
          {ROLES.map((role) => (
            <Checkbox
              key={role}
              label={`${role}s`}
              checked={roles.includes(role)}
              disabled={denied !== undefined}
              onChange={(isOn) => setRoles((now) => (isOn ? [...now, role] : now.filter((one) => one !== role)))}
            />
          ))}
        </fieldset>
        <Button
          denied={denied}
          disabled={isSame || chosen.length === 0}
          busy={set.isPending}
          onClick={() => set.mutate({ approvals: Number(approvals), roles: [...chosen] })}
        >
          Set the policy
        </Button>
      </div>
    </Panel>
  );
}
