'use client';
import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useTRPCClient } from '#trpc/client.ts';
import { appCodeOf, explainError } from '#trpc/explain-error.ts';
import { passkeyAdvice, usePasskey as askForPasskey } from '#ui/browser/passkeys.ts';
import { Button } from '#ui/controls/button.tsx';
import { Problem } from '#ui/feedback/problem.tsx';

/** Signs in without an address or a password, by a passkey alone. */
export function PasskeyButton({ onEntered }: { readonly onEntered: () => void }) {
  const client = useTRPCClient();
  const enter = useMutation({
    mutationFn: async () => {
      const { ticket, options } = await client.session.passkey.mutate({});
      const response = await askForPasskey(options);
      await client.session.signInByPasskey.mutate({ ticket, response });
    },
    onSuccess: onEntered,
  });
  return (
    <div className="mt-3 space-y-3">
      <Button size="lg" className="w-full" icon={<KeyRound />} busy={enter.isPending} onClick={() => enter.mutate()}>
        Sign in with a passkey
      </Button>
      {enter.isError ? (
        <Problem title="Not signed in">
          {appCodeOf(enter.error) === null ? passkeyAdvice(enter.error) : explainError(enter.error).advice}
        </Problem>
      ) : null}
    </div>
  );
}
