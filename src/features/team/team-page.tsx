'use client';
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { InvitationList } from './invitation-list.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberList } from './member-list.tsx';

export function TeamPage() {
  const trpc = useTRPC();
  const denied = useDenial('team.manage');
  const [inviting, setInviting] = useState(false);
  const team = useQuery(trpc.team.get.queryOptions());
  return (
    <>
      <PageHeader
        title="Team"
        actions={
          <Button look="primary" icon={<UserPlus />} denied={denied} onClick={() => setInviting(true)}>
            Invite
          </Button>
        }
      >
        Who works here, and what they may do.
      </PageHeader>
      <div className="space-y-6 px-4 pb-8 md:px-6">
        {team.isError ? (
          <Problem title={explainError(team.error).title}>{explainError(team.error).advice}</Problem>
        ) : null}
        <Panel title="Members">
          {team.data ? <MemberList members={team.data.members} /> : <SkeletonRows rows={3} />}
        </Panel>
        {team.data && team.data.invitations.length > 0 ? (
          <Panel title="Open invitations">
            <InvitationList invitations={team.data.invitations} />
          </Panel>
        ) : null}
      </div>
      <InviteDialog open={inviting} onOpenChange={setInviting} />
    </>
  );
}
