'use client';
import { useSession } from '#features/shell/index.ts';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { DeletePanel } from './delete-panel.tsx';
import { NamePanel } from './name-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';
import { TransferPanel } from './transfer-panel.tsx';

/** What an organisation is called, how its people work, whose it is, and its end. */
export function OrganisationPage() {
  const { org } = useSession();
  return (
    <>
      <PageHeader title="Organisation">
        What {org.name} is called, how its people work in it, and whose it is.
      </PageHeader>
      <div className="max-w-160 space-y-4 px-4 pb-8 md:px-6">
        <NamePanel key={org.name} />
        <SessionsPanel />
        <TransferPanel />
        <DeletePanel />
      </div>
    </>
  );
}
