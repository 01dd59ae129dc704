'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useSession } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Age } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { Menu, MenuItem, MenuSeparator } from '#ui/overlays/menu.tsx';
import { Avatar } from '#ui/people/avatar.tsx';

export type User = Outputs['admin']['users'][number];

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

export function UserItem({ user }: { readonly user: User }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const session = useSession();
  const [suspending, setSuspending] = useState(false);
  const { id: userId, name, email, isPlatformAdmin, suspendedAt, suspendedFor } = user;
  const done = (words: string) => ({
    onSuccess: () => {
      toast.success(words);
      void queryClient.invalidateQueries(trpc.admin.pathFilter());
    },
  });
  const restore = useAction(trpc.admin.restoreUser.mutationOptions(done(`${name} may sign in again`)));
  const signOut = useAction(trpc.admin.signOutUser.mutationOptions(done(`${name} is signed out everywhere`)));
  const setAdmin = useAction(trpc.admin.setAdmin.mutationOptions(done('The role is changed')));
  const isSelf = userId === session.user.id;
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-2.5">
      <Avatar id={userId} name={name} size="lg" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 font-medium">
          <span className="truncate">{name}</span>
          {isPlatformAdmin ? <Badge>looks after the installation</Badge> : null}
          {suspendedAt === null ? null : <Badge tone="bad">suspended</Badge>}
        </p>
        <p className="truncate text-muted">
          {email}
          {suspendedFor === null ? '' : ` · ${suspendedFor}`}
        </p>
      </div>
      <span className="text-faint max-md:hidden">
        {counted(user.organisations, 'organisation')} · {counted(user.sessions, 'session')} · <Age value={user.at} />
      </span>
      <Menu
        trigger={
          <IconButton label={`What to do with ${name}`}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem disabled={isSelf} onSelect={() => signOut.mutate({ userId })}>
          Sign out everywhere
        </MenuItem>
        <MenuItem disabled={suspendedAt !== null} onSelect={() => setAdmin.mutate({ userId, admin: !isPlatformAdmin })}>
          {isPlatformAdmin ? 'Take the installation from them' : 'Let them look after the installation'}
        </MenuItem>
        <MenuSeparator />
        {suspendedAt === null ? (
          <MenuItem danger disabled={isSelf || isPlatformAdmin} onSelect={() => setSuspending(true)}>
            Suspend…
          </MenuItem>
        ) : (
          <MenuItem onSelect={() => restore.mutate({ userId })}>Restore</MenuItem>
        )}
      </Menu>
      <SuspendDialog user={user} open={suspending} onOpenChange={setSuspending} />
    </li>
  );
}

interface SuspendDialogProps {
  readonly user: User;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

function SuspendDialog({ user, open, onOpenChange }: SuspendDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const suspend = useMutation(
    trpc.admin.suspendUser.mutationOptions({
      onSuccess: () => {
        toast.success(`${user.name} is suspended`);
        onOpenChange(false);
        void queryClient.invalidateQueries(trpc.admin.pathFilter());
      },
    }),
  );
  const form = `suspend-${user.id}`;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Suspend ${user.name}?`}
      description="They are out at once, also in windows that are open, and can't sign in until somebody restores them. What they made stays, and their bots go on."
      width="sm"
      footer={
        <>
          <Button look="quiet" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button look="danger" type="submit" form={form} busy={suspend.isPending} disabled={reason.trim() === ''}>
            Suspend
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          suspend.mutate({ userId: user.id, reason });
        }}
      >
        <Field
          label="Reason"
          hint="It stands here and in the audit of the installation; they don't see it."
          problem={suspend.isError ? explainError(suspend.error).advice : undefined}
        >
          <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
