'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useTRPC } from '#trpc/client.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { AccessFrame } from './access-frame.tsx';
import { formProblems, titleOf } from './form-problems.ts';
import { PasskeyButton } from './passkey-button.tsx';
import { safePath } from './safe-path.ts';
import { SecondFactorForm, type Asked } from './second-factor-form.tsx';
import { useWait, writeWait } from './use-wait.ts';

const shape = z.object({
  email: z.email('Type your e-mail address.'),
  password: z.string().min(1, 'Type your password.'),
});

export function SignInForm() {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const next = safePath(useSearchParams().get('next'));
  const form = useForm({ resolver: zodResolver(shape), defaultValues: { email: '', password: '' } });
  const demo = useQuery(trpc.session.demo.queryOptions());
  const [asked, setAsked] = useState<Asked | null>(null);
  const goOn = (): void => {
    queryClient.clear();
    // What stands behind `#` is for the page after this one.
    router.replace(`${next}${location.hash}`);
  };
  const signIn = useMutation(
    trpc.session.signIn.mutationOptions({
      onSuccess: (entered) => (entered.next === 'in' ? goOn() : setAsked(entered)),
    }),
  );
  const { general, field } = formProblems(signIn.error);
  const wait = useWait(signIn.error);
  const { errors } = form.formState;
  if (asked)
    return (
      <AccessFrame title="One more step" lead="Your account asks for a second factor." elsewhere={null}>
        <SecondFactorForm asked={asked} onEntered={goOn} onBack={() => setAsked(null)} />
      </AccessFrame>
    );
  return (
    <AccessFrame
      title="Sign in"
      lead="Back to your strategies."
      elsewhere={
        <>
          New here?{' '}
          <Link href="/register" className="font-medium text-accent-text hover:underline">
            Start an organisation
          </Link>
        </>
      }
    >
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => void form.handleSubmit((values) => signIn.mutate(values))(event)}
      >
        {general ? <Problem title={titleOf(signIn.error, general.title)}>{general.advice}</Problem> : null}
        <Field label="E-mail" problem={errors.email?.message ?? (field?.name === 'email' ? field.problem : undefined)}>
          <Input type="email" autoComplete="username" autoFocus {...form.register('email')} />
        </Field>
        <Field
          label="Password"
          aside={
            <Link href="/forgot" className="text-accent-text hover:underline">
              Forgot it?
            </Link>
          }
          problem={errors.password?.message ?? (field?.name === 'password' ? field.problem : undefined)}
        >
          <Input type="password" autoComplete="current-password" {...form.register('password')} />
        </Field>
        <Button type="submit" look="primary" size="lg" className="w-full" busy={signIn.isPending} disabled={wait > 0}>
          {wait > 0 ? `Sign in in ${writeWait(wait)}` : 'Sign in'}
        </Button>
      </form>
      <PasskeyButton onEntered={goOn} />
      {demo.data ? (
        <section aria-label="Demo logins" className="mt-6 rounded-lg border bg-surface p-4">
          <p className="mb-2 text-xs text-muted">This server has a demo. Sign in as</p>
          <div className="flex flex-wrap gap-2">
            {demo.data.people.map(({ name, email, role }) => (
              <Button
                key={email}
                size="sm"
                onClick={() => signIn.mutate({ email, password: demo.data?.password ?? '' })}
              >
                {name} <span className="text-faint">{role}</span>
              </Button>
            ))}
          </div>
        </section>
      ) : null}
    </AccessFrame>
  );
}
