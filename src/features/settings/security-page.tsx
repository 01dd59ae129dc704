'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { AddressPanel } from './address-panel.tsx';
import { PasskeysPanel } from './passkeys-panel.tsx';
import { PasswordPanel } from './password-panel.tsx';
import { RecoveryPanel } from './recovery-panel.tsx';
import { TotpPanel } from './totp-panel.tsx';

/** How one gets into one’s account, and how others do not. */
export function SecurityPage() {
  const trpc = useTRPC();
  const account = useQuery(trpc.account.security.queryOptions());
  return (
    <>
      <PageHeader title="Security">How you get into your account. Each change is told to you by a letter.</PageHeader>
      <div className="max-w-160 space-y-4 px-4 pb-8 md:px-6">
        {account.isError ? (
          <Problem title={explainError(account.error).title}>{explainError(account.error).advice}</Problem>
        ) : null}
        {account.data ? (
          <>
            <AddressPanel account={account.data} />
            <PasswordPanel />
            <TotpPanel account={account.data} />
            <PasskeysPanel account={account.data} />
            <RecoveryPanel account={account.data} />
          </>
        ) : (
          <Panel title="Address">
            <SkeletonRows rows={6} />
          </Panel>
        )}
      </div>
    </>
  );
}
