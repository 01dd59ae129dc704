'use client';
import { useQueryClient } from '@tanstack/react-query';
import { LogOut, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { useDenial, useSession } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import { useAction } from '#trpc/use-action.ts';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Age } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { Confirm } from '#ui/overlays/confirm.tsx';
import { Avatar } from '#ui/people/avatar.tsx';
import { ROLES } from './roles.ts';

type Member = Outputs['team']['get']['members'][number];

export function MemberList({ members }: { readonly members: readonly Member[] }) {
  return (
    <ul className="divide-y divide-line/70">
      {members.map((member) => (
        <MemberItem key={member.userId} member={member} />
      ))}
    </ul>
  );
}

function MemberItem({ member }: { readonly member: Member }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { user, org, role } = useSession();
  const denied = useDenial('team.manage');
  const [removing, setRemoving] = useState(false);
  const refresh = () => void queryClient.invalidateQueries(trpc.team.pathFilter());
  const changeRole = useAction(trpc.team.changeRole.mutationOptions({ onSuccess: refresh }));
  const remove = useAction(
    trpc.team.removeMember.mutationOptions({
      onSuccess: () => {
        setRemoving(false);
        refresh();
      },
    }),
  );
  const leave = useAction(trpc.team.leave.mutationOptions({ onSuccess: () => location.assign('/sign-in') }));
  const isSelf = member.userId === user.id;
  // Only owners may touch owners; the server says so too.
  const fixed = denied !== undefined || isSelf || (member.role === 'owner' && role !== 'owner');
  const options = ROLES.filter(({ value }) => value !== 'owner' || role === 'owner');
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-2.5">
      <Avatar id={member.userId} name={member.name} size="lg" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 truncate font-medium">
          {member.name}
          {isSelf ? <Badge>you</Badge> : null}
        </p>
        <p className="truncate text-muted">{member.email}</p>
      </div>
      <span className="text-faint max-md:hidden">
        joined <Age value={member.joinedAt} />
      </span>
      {fixed ? (
        <Badge className="w-24 justify-center">{ROLES.find(({ value }) => value === member.role)?.label}</Badge>
      ) : (
        <Select
          className="w-32!"
          aria-label={`Role of ${member.name}`}
          value={member.role}
          options={options}
          onChange={(next) => changeRole.mutate({ userId: member.userId, role: next })}
        />
      )}
      {isSelf ? (
        <IconButton label="Leave the organisation" onClick={() => setRemoving(true)}>
          <LogOut />
        </IconButton>
      ) : null}
      {fixed ? null : (
        <IconButton label={`Remove ${member.name}`} onClick={() => setRemoving(true)}>
          <UserMinus />
        </IconButton>
      )}
      {isSelf ? (
        <Confirm
          open={removing}
          onOpenChange={setRemoving}
          title={`Leave ${org.name}?`}
          action="Leave"
          busy={leave.isPending}
          onConfirm={() => leave.mutate()}
        >
          You lose access at once and are signed out. Links that you made stop working; what you made stays. To come
          back you need an invitation.
        </Confirm>
      ) : (
        <Confirm
          open={removing}
          onOpenChange={setRemoving}
          title={`Remove ${member.name}?`}
          action="Remove"
          busy={remove.isPending}
          onConfirm={() => remove.mutate({ userId: member.userId })}
        >
          They lose access at once, also in windows that are open. What they made stays.
        </Confirm>
      )}
    </li>
  );
}
