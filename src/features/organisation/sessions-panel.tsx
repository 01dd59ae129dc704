'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Field } from '#ui/controls/field.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Panel } from '#ui/layout/panel.tsx';

const ANY = 'any';
const HOURS = [
  { value: ANY, label: 'As long as anywhere: 30 days, 7 without use' },
  { value: '1', label: '1 hour' },
  { value: '8', label: '8 hours' },
  { value: '24', label: 'A day' },
  { value: '168', label: '7 days' },
];

/** How long somebody stays signed in to the organisation. */
export function SessionsPanel() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const denied = useDenial('policy.manage');
  const policy = useQuery(trpc.policy.access.queryOptions());
  const set = useMutation(
    trpc.policy.setAccess.mutationOptions({
      onSuccess: () => {
        toast.success('It holds from now on');
        void queryClient.invalidateQueries(trpc.policy.pathFilter());
      },
    }),
  );
  const hours = policy.data?.sessionHours ?? null;
  const value = hours === null ? ANY : String(hours);
  const options = HOURS.some((one) => one.value === value) ? HOURS : [...HOURS, { value, label: `${value} hours` }];
  return (
    <Panel title="Sessions">
      <div className="px-4 py-3">
        {policy.isError ? (
          <Problem title={explainError(policy.error).title}>{explainError(policy.error).advice}</Problem>
        ) : null}
        {policy.isPending ? <SkeletonRows rows={1} /> : null}
        {policy.data ? (
          <Field
            label="People are signed out so long after they signed in"
            hint={denied ?? 'It holds at once: whoever signed in longer ago signs in again.'}
            problem={set.isError ? explainError(set.error).advice : undefined}
          >
            <Select
              value={value}
              disabled={denied !== undefined || set.isPending}
              options={options}
              onChange={(next) => set.mutate(next === ANY ? {} : { sessionHours: Number(next) })}
            />
          </Field>
        ) : null}
      </div>
    </Panel>
  );
}
