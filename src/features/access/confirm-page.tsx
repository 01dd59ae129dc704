'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPCClient } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { AccessFrame } from './access-frame.tsx';
import { useFragment } from './use-fragment.ts';

interface ConfirmLinkPageProps {
  readonly what: 'verify' | 'agree';
}

const WORDS = {
  verify: { title: 'Confirm your address', lead: 'By this you show that letters to it reach you.', action: 'Confirm' },
  agree: {
    title: 'Another address for your account',
    lead: 'The account gets the other address once both addresses have agreed.',
    action: 'Agree',
  },
} as const;

/**
 * What the link of a letter about an address opens. Nothing is confirmed by opening it alone: programs that look
 * through mail open links, too.
 */
export function ConfirmLinkPage({ what }: ConfirmLinkPageProps) {
  const token = useFragment();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const confirm = useMutation({
    mutationFn: async (given: string): Promise<string> => {
      if (what === 'verify') return `${(await client.session.verify.mutate({ token: given })).email} is confirmed.`;
      const { done, email } = await client.session.agreeToAddress.mutate({ token: given });
      return done
        ? `Your account has the address ${email} now.`
        : 'This address has agreed. Open the letter to the other one, and agree there, too.';
    },
    onSuccess: () => queryClient.clear(),
  });
  const { title, lead, action } = WORDS[what];
  return (
    <AccessFrame title={confirm.data ? 'Done' : title} lead={confirm.data ?? lead} elsewhere={null}>
      {confirm.isError ? (
        <Problem title="This link does not work" className="mb-4">
          {explainError(confirm.error).advice}
        </Problem>
      ) : null}
      {confirm.isSuccess || confirm.isError ? (
        <Button asChild look="primary" size="lg" className="w-full">
          <Link href="/settings/security">Go to Alphaloom</Link>
        </Button>
      ) : (
        <Button
          look="primary"
          size="lg"
          className="w-full"
          busy={confirm.isPending}
          disabled={token === null}
          onClick={() => confirm.mutate(token ?? '')}
        >
          {action}
        </Button>
      )}
    </AccessFrame>
  );
}
