'use client';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { WhereLettersAre } from '#features/mail/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { AccessFrame } from './access-frame.tsx';
import { formProblems } from './form-problems.ts';

const BACK = (
  <Link href="/sign-in" className="font-medium text-accent-text hover:underline">
    Back to the sign-in
  </Link>
);

/** Asks for a letter with a link to set a new password. Says the same for every address. */
export function ForgotPage() {
  const trpc = useTRPC();
  const [email, setEmail] = useState('');
  const ask = useMutation(trpc.session.forgot.mutationOptions());
  const { field, general } = formProblems(ask.error);
  if (ask.data)
    return (
      <AccessFrame
        title="Look into your mailbox"
        lead={
          <>
            If there is an account of <strong className="font-medium text-ink">{email}</strong>, a letter is on its way.
            Its link works once, for 30 minutes.
          </>
        }
        elsewhere={BACK}
      >
        <WhereLettersAre post={ask.data.post} />
      </AccessFrame>
    );
  return (
    <AccessFrame
      title="Set a new password"
      lead="We send you a letter with a link. A second factor stays as it is."
      elsewhere={BACK}
    >
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate({ email });
        }}
      >
        {general ? <Problem title={general.title}>{general.advice}</Problem> : null}
        <Field label="E-mail" problem={field?.problem}>
          <Input
            type="email"
            autoComplete="username"
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Button type="submit" look="primary" size="lg" className="w-full" busy={ask.isPending}>
          Send the letter
        </Button>
      </form>
    </AccessFrame>
  );
}
