'use client';
import { useQuery } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { useSession } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import { Button } from '#ui/controls/button.tsx';
import { CopyButton } from '#ui/controls/copy-button.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Popover } from '#ui/overlays/popover.tsx';

/** The link to a strategy, and who can open it: the members of the organisation, and nobody else. */
export function ShareButton({ path }: { readonly path: string }) {
  const [isOpen, setIsOpen] = useState(false);
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'formula.share',
          title: 'Share: copy a link to the strategy …',
          group: 'Strategy',
          icon: <Link2 />,
          keywords: ['link', 'url', 'invite', 'send', 'colleague'],
          run: () => setIsOpen(true),
        },
      ],
      [],
    ),
  );
  return (
    <Popover
      align="end"
      label="Share the strategy"
      open={isOpen}
      onOpenChange={setIsOpen}
      className="w-80 max-w-[calc(100vw-1rem)] p-3"
      trigger={
        <Button look="quiet" icon={<Link2 />}>
          <span className="max-xl:sr-only">Share</span>
        </Button>
      }
    >
      <Shared path={path} />
    </Popover>
  );
}

function Shared({ path }: { readonly path: string }) {
  const trpc = useTRPC();
  const { org, permissions } = useSession();
  const team = useQuery(trpc.team.get.queryOptions());
  const link = new URL(path, location.href).href;
  const mayInvite = permissions.includes('team.manage');
  return (
    <div className="grid gap-3 text-sm">
      <div className="flex items-center gap-1">
        <Input
          readOnly
          value={link}
          aria-label="Link to the strategy"
          className="min-w-0 flex-1"
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={link} label="Copy the link" />
      </div>
      <p className="text-muted">
        {team.data
          ? whoOpens(org.name, team.data.members)
          : team.isError
            ? `Members of ${org.name} can open it. Who they are could not be asked.`
            : `Members of ${org.name} can open it.`}
      </p>
      <p className="text-muted">
        {mayInvite ? (
          <>
            Somebody else?{' '}
            <Link href="/team" className="text-accent-text underline">
              Invite them to the team
            </Link>
            .
          </>
        ) : (
          'Somebody else? An admin can invite them to the team.'
        )}
      </p>
    </div>
  );
}

type Members = Outputs['team']['get']['members'];

const MAY_EDIT: readonly string[] = ['editor', 'admin', 'owner'];

function whoOpens(organisation: string, members: Members): string {
  if (members.length < 2) return `Only you can open it: nobody else is in ${organisation} yet.`;
  const editing = members.filter(({ role }) => MAY_EDIT.includes(role)).length;
  const looking = members.length - editing;
  const others = looking === 0 ? '' : `, ${looking} can look and comment as their role allows`;
  return `All ${members.length} members of ${organisation} can open it: ${editing} can edit${others}. Nobody else can.`;
}
