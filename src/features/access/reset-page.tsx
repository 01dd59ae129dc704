'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { AccessFrame } from './access-frame.tsx';
import { formProblems } from './form-problems.ts';
import { useFragment } from './use-fragment.ts';

const WAITING = (
  <AccessFrame title="One moment" lead="Looking at your link." elsewhere={null}>
    <Skeleton className="h-40" />
  </AccessFrame>
);

/** What the link of a letter opens: a new password. */
export function ResetPage() {
  const token = useFragment();
  return token === null ? WAITING : <NewPassword key={token} token={token} />;
}

function NewPassword({ token }: { readonly token: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [password, setPassword] = useState('');
  const link = useQuery({
    queryKey: ['reset', token],
    queryFn: async () => (await client.session.checkReset.mutate({ token }), true),
    retry: false,
  });
  const reset = useMutation(trpc.session.reset.mutationOptions());
  const { field, general } = formProblems(reset.error);
  if (link.isError)
    return (
      <AccessFrame
        title="This link does not work"
        lead={explainError(link.error).advice}
        elsewhere={
          <Link href="/forgot" className="font-medium text-accent-text hover:underline">
            Ask for another letter
          </Link>
        }
      >
        {null}
      </AccessFrame>
    );
  if (!link.data) return WAITING;
  if (reset.isSuccess)
    return (
      <AccessFrame title="Your password is set" lead="All sessions have ended. Sign in with it." elsewhere={null}>
        <Button asChild look="primary" size="lg" className="w-full">
          <Link href="/sign-in">Sign in</Link>
        </Button>
      </AccessFrame>
    );
  return (
    <AccessFrame title="Set a new password" lead="It ends all sessions of your account." elsewhere={null}>
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          reset.mutate({ token, password });
        }}
      >
        {general ? <Problem title={general.title}>{general.advice}</Problem> : null}
        <Field label="New password" problem={field?.problem} hint="At least 8 characters; a few words are best.">
          <Input
            type="password"
            autoComplete="new-password"
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button type="submit" look="primary" size="lg" className="w-full" busy={reset.isPending}>
          Set the password
        </Button>
      </form>
    </AccessFrame>
  );
}
