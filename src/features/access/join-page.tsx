'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { AccessFrame } from './access-frame.tsx';
import { RegisterForm } from './register-form.tsx';
import { useFragment } from './use-fragment.ts';

const WAITING = (
  <AccessFrame title="One moment" lead="Looking at your invitation." elsewhere={null}>
    <Skeleton className="h-40" />
  </AccessFrame>
);

/**
 * What the holder of an invitation's link sees. The link's token stands behind `#`, so that no log on its way has it.
 */
export function JoinPage() {
  const token = useFragment();
  return token === null ? WAITING : <Invitation key={token} token={token} />;
}

/** Who invites them to what, and the way in. */
function Invitation({ token }: { readonly token: string }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => client.invitation.preview.mutate({ token }),
    retry: false,
  });
  const me = useQuery(trpc.session.me.queryOptions());
  const accept = useMutation(
    trpc.invitation.accept.mutationOptions({
      onSuccess: () => {
        queryClient.clear();
        router.replace('/formulas');
      },
    }),
  );
  const elsewhere = (
    <>
      Have an account?{' '}
      <Link href={`/sign-in?next=%2Fjoin#${token}`} className="font-medium text-accent-text hover:underline">
        Sign in
      </Link>{' '}
      and come back to this link.
    </>
  );
  if (invitation.isError) {
    return (
      <AccessFrame
        title="This link does not work"
        lead="Ask the person who sent it for a new one."
        elsewhere={elsewhere}
      >
        <Problem title={explainError(invitation.error).title}>{explainError(invitation.error).advice}</Problem>
      </AccessFrame>
    );
  }
  if (!invitation.data || me.isPending) return WAITING;
  const { organisation, invitedBy, role, email } = invitation.data;
  return (
    <AccessFrame
      title={`Join ${organisation}`}
      lead={
        <>
          {invitedBy} invites you as <strong className="font-medium text-ink">{role}</strong>.
        </>
      }
      elsewhere={me.data ? null : elsewhere}
    >
      {me.data ? (
        <div className="space-y-3">
          {accept.isError ? (
            <Problem title={explainError(accept.error).title}>{explainError(accept.error).advice}</Problem>
          ) : null}
          <p className="text-muted">You are signed in as {me.data.user.email}.</p>
          <Button
            look="primary"
            size="lg"
            className="w-full"
            busy={accept.isPending}
            onClick={() => accept.mutate({ token })}
          >
            Join as {me.data.user.name}
          </Button>
        </div>
      ) : (
        <RegisterForm invitation={{ token, email }} />
      )}
    </AccessFrame>
  );
}
