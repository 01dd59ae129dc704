'use client';
import { useQuery } from '@tanstack/react-query';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { appCodeOf } from '#trpc/explain-error.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { VersionDialog } from './panels/version-dialog.tsx';

/**
 * Shows the version that the address asks for (`?version=<id>`). What is no version of this formula is said to be none.
 */
export function AskedVersion({ formulaId }: { readonly formulaId: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const pathname = usePathname();
  const asked = useSearchParams().get('version');
  const version = useQuery(
    trpc.version.get.queryOptions({ id: asked ?? '' }, { enabled: asked !== null, retry: false }),
  );
  const code = version.isError ? appCodeOf(version.error) : null;
  const isOther = version.data !== undefined && version.data.formulaId !== formulaId;
  const isNone = asked !== null && (isOther || code === 'NOT_FOUND' || code === 'INVALID');
  useEffect(() => {
    if (!isNone) return;
    toast.error('There is no such version', {
      description: 'The address names a version that this strategy does not have.',
    });
    router.replace(pathname);
  }, [isNone, router, pathname]);
  if (asked === null || version.data?.formulaId !== formulaId) return null;
  const { id, number, message } = version.data;
  return <VersionDialog id={id} number={number} message={message} onClose={() => router.replace(pathname)} />;
}
