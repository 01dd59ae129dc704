'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { beginWithStrategy } from '#features/builder/index.ts';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { formProblems, titleOf } from './form-problems.ts';
import { SecondFactorForm, type Asked } from './second-factor-form.tsx';
import { useWait, writeWait } from './use-wait.ts';

const shape = z.object({
  organisation: z.string().trim().min(1, 'Give your organisation a name.').max(100, 'Use at most 100 characters.'),
  name: z.string().trim().min(1, 'Type your name.').max(100, 'Use at most 100 characters.'),
  email: z.email('Type your e-mail address.'),
  password: z.string().min(8, 'Use at least 8 characters.'),
});

interface RegisterFormProps {
  /** The invitation that the account is made for; without one, a new organisation is made. */
  readonly invitation?: { readonly token: string; readonly email: string | null };
}

export function RegisterForm({ invitation }: RegisterFormProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(shape),
    defaultValues: {
      organisation: invitation ? 'invited' : '',
      name: '',
      email: invitation?.email ?? '',
      password: '',
    },
  });
  const client = useTRPCClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const goOn = async (): Promise<void> => {
    queryClient.clear();
    router.replace(invitation ? '/formulas' : await beginWithStrategy(client));
  };
  const register = useMutation(
    trpc.session.register.mutationOptions({
      // Whoever has an account of this address and password already, and a second factor.
      onSuccess: (entered) => (entered.next === 'in' ? goOn() : setAsked(entered)),
    }),
  );
  const { general, field } = formProblems(register.error);
  const wait = useWait(register.error);
  const { errors } = form.formState;
  const problem = (name: 'organisation' | 'name' | 'email' | 'password') =>
    errors[name]?.message ?? (field?.name === name ? field.problem : undefined);
  const submit = form.handleSubmit(({ organisation, ...person }) =>
    register.mutate(invitation ? { ...person, invitation: invitation.token } : { ...person, organisation }),
  );
  if (asked) return <SecondFactorForm asked={asked} onEntered={() => void goOn()} onBack={() => setAsked(null)} />;
  return (
    <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
      {general ? <Problem title={titleOf(register.error, general.title)}>{general.advice}</Problem> : null}
      {invitation ? null : (
        <Field label="Organisation" problem={problem('organisation')} hint="Your team, fund or desk.">
          <Input autoFocus autoComplete="organization" {...form.register('organisation')} />
        </Field>
      )}
      <Field label="Your name" problem={problem('name')}>
        <Input autoComplete="name" {...form.register('name')} />
      </Field>
      <Field label="E-mail" problem={problem('email')}>
        <Input type="email" autoComplete="username" {...form.register('email')} />
      </Field>
      <Field label="Password" problem={problem('password')} hint="At least 8 characters; a few words are best.">
        <Input type="password" autoComplete="new-password" {...form.register('password')} />
      </Field>
      <Button type="submit" look="primary" size="lg" className="w-full" busy={register.isPending} disabled={wait > 0}>
        {wait > 0 ? `Try again in ${writeWait(wait)}` : invitation ? 'Join' : 'Create the organisation'}
      </Button>
    </form>
  );
}
