'use client';
import { useQuery } from '@tanstack/react-query';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTRPC } from '#trpc/client.ts';
import { VersionDialog } from './panels/version-dialog.tsx';

/** Shows the version that the address asks for (`?version=<id>`). What is no version of this formula is not shown. */
export function AskedVersion({ formulaId }: { readonly formulaId: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const pathname = usePathname();
  const asked = useSearchParams().get('version');
  const version = useQuery(
    trpc.version.get.queryOptions({ id: asked ?? '' }, { enabled: asked !== null, retry: false }),
  );
  if (asked === null || version.data?.formulaId !== formulaId) return null;
  const { id, number, message } = version.data;
  return <VersionDialog id={id} number={number} message={message} onClose={() => router.replace(pathname)} />;
}
