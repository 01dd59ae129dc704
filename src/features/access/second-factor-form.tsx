'use client';
import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { appCodeOf, explainError } from '#trpc/explain-error.ts';
import { passkeyAdvice, usePasskey as askForPasskey } from '#ui/browser/passkeys.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { formProblems, titleOf } from './form-problems.ts';
import { useWait, writeWait } from './use-wait.ts';

/** What a sign-in still asks for. */
export interface Asked {
  readonly ticket: string;
  readonly ways: { readonly code: boolean; readonly passkey: boolean };
}

interface SecondFactorFormProps {
  readonly asked: Asked;
  readonly onEntered: () => void;
  readonly onBack: () => void;
}

/** The second step of a sign-in: a code of an app, a passkey, or a recovery code. */
export function SecondFactorForm({ asked: { ticket, ways }, onEntered, onBack }: SecondFactorFormProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [isRecovery, setRecovery] = useState(!ways.code);
  const [code, setCode] = useState('');
  const show = useMutation(trpc.session.secondFactor.mutationOptions({ onSuccess: onEntered }));
  const passkey = useMutation({
    mutationFn: async () => {
      const { options } = await client.session.passkey.mutate({ ticket });
      const response = await askForPasskey(options);
      await client.session.secondFactor.mutate({ ticket, response });
    },
    onSuccess: onEntered,
  });
  const { general } = formProblems(show.error);
  const wait = useWait(show.error);
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== '') show.mutate({ ticket, code });
      }}
    >
      {general ? <Problem title={titleOf(show.error, general.title)}>{general.advice}</Problem> : null}
      {passkey.isError ? <Problem title="No passkey">{passkeyProblem(passkey.error)}</Problem> : null}
      {ways.passkey ? (
        <Button
          look={ways.code ? 'secondary' : 'primary'}
          size="lg"
          className="w-full"
          icon={<KeyRound />}
          busy={passkey.isPending}
          onClick={() => passkey.mutate()}
        >
          Use a passkey
        </Button>
      ) : null}
      <Field
        label={isRecovery ? 'Recovery code' : 'Code of your app'}
        hint={
          isRecovery ? 'One of the ten that you kept; each works once.' : 'Six digits; a new code every 30 seconds.'
        }
      >
        <Input
          autoFocus={ways.code}
          autoComplete="one-time-code"
          inputMode={isRecovery ? 'text' : 'numeric'}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </Field>
      <Button
        type="submit"
        look={ways.code || isRecovery ? 'primary' : 'secondary'}
        size="lg"
        className="w-full"
        busy={show.isPending}
        disabled={wait > 0}
      >
        {wait > 0 ? `Try again in ${writeWait(wait)}` : 'Continue'}
      </Button>
      <div className="flex flex-wrap justify-between gap-2">
        {ways.code ? (
          <Button look="quiet" size="sm" onClick={() => setRecovery(!isRecovery)}>
            {isRecovery ? 'Use a code of the app' : 'Use a recovery code'}
          </Button>
        ) : null}
        <Button look="quiet" size="sm" onClick={onBack}>
          Begin again
        </Button>
      </div>
    </form>
  );
}

const passkeyProblem = (error: unknown): string =>
  appCodeOf(error) === null ? passkeyAdvice(error) : explainError(error).advice;
