'use client';
import { useQueryClient } from '@tanstack/react-query';
import { Link2Off, Mail } from 'lucide-react';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import { useAction } from '#trpc/use-action.ts';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Age } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';

type Invitation = Outputs['team']['get']['invitations'][number];

export function InvitationList({ invitations }: { readonly invitations: readonly Invitation[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const revoke = useAction(
    trpc.team.revokeInvitation.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.team.pathFilter()),
    }),
  );
  return (
    <ul className="divide-y divide-line/70">
      {invitations.map(({ id, email, role, createdBy, expiresAt }) => (
        <li key={id} className="flex items-center gap-3 px-4 py-2">
          <Mail className="size-4 text-faint" aria-hidden />
          <p className="min-w-0 flex-1 truncate">
            {email ?? 'Anybody with the link'} <span className="text-muted">· invited by {createdBy}</span>
          </p>
          <span className="text-faint max-md:hidden">
            ends <Age value={expiresAt} />
          </span>
          <Badge className="capitalize">{role}</Badge>
          <IconButton label="Revoke the invitation" onClick={() => revoke.mutate({ id })}>
            <Link2Off />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
