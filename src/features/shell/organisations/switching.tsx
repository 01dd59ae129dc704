'use client';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { OrgId } from '#core/requests/ids.ts';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { ShellSkeleton } from '../shell-skeleton.tsx';
import { announceSwitch, SWITCH_CHANNEL } from './announce-switch.ts';
import { CreateOrganisation } from './create-organisation.tsx';

interface Switching {
  /** Goes on in another of one's own organisations, at an address of it. The page is loaded anew. */
  readonly switchTo: (orgId: OrgId, address?: string) => void;
  readonly isSwitching: boolean;
  /** Asks for the name of a new organisation. */
  readonly create: () => void;
}

const SwitchingContext = createContext<Switching | null>(null);

export function useSwitching(): Switching {
  const switching = use(SwitchingContext);
  if (!switching) throw new Error('useSwitching is used outside of the shell.');
  return switching;
}

/** Whatever is on the page belongs to one organisation: it is loaded anew in the other one, and nothing is kept. */
export function SwitchingProvider({ children }: { readonly children: ReactNode }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isCreating, setCreating] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const { mutate, isPending } = useAction(trpc.session.switch.mutationOptions());
  useEffect(() => {
    const channel = new BroadcastChannel(SWITCH_CHANNEL);
    channel.onmessage = () => void queryClient.invalidateQueries(trpc.session.me.queryFilter());
    return () => channel.close();
  }, [queryClient, trpc]);
  const switchTo = useCallback(
    (orgId: OrgId, address = '/formulas') =>
      mutate(
        { orgId },
        {
          onSuccess: () => {
            setLeaving(true);
            announceSwitch();
            location.assign(address);
          },
        },
      ),
    [mutate],
  );
  const value = useMemo(
    () => ({ switchTo, isSwitching: isPending || isLeaving, create: () => setCreating(true) }),
    [switchTo, isPending, isLeaving],
  );
  return (
    <SwitchingContext value={value}>
      {isLeaving ? <ShellSkeleton /> : children}
      <CreateOrganisation open={isCreating} onOpenChange={setCreating} />
    </SwitchingContext>
  );
}
