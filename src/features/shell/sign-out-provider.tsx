'use client';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { countUnsaved, forgetAll, keepOnlyOf } from '#collab/copy/indexed-db.ts';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { Confirm } from '#ui/confirm.tsx';
import { useSession } from './session.tsx';
import { SignOutContext } from './use-sign-out.ts';

/**
 * Signs out and leaves nothing behind: the formulas that the browser keeps are forgotten, and the page is loaded anew. It also forgets what is
 * kept of organisations that the person has left.
 */
export function SignOutProvider({ children }: { readonly children: ReactNode }) {
  const trpc = useTRPC();
  const { user, organisations } = useSession();
  const [unsaved, setUnsaved] = useState(0);
  const leave = useCallback(async () => {
    await forgetAll(user.id).catch(() => undefined);
    location.assign('/');
  }, [user.id]);
  const { mutate, isPending } = useAction(trpc.session.signOut.mutationOptions({ onSuccess: leave }));
  const signOut = useCallback(() => {
    void countUnsaved(user.id).catch(() => 0).then((count) => (count > 0 ? setUnsaved(count) : mutate()));
  }, [user.id, mutate]);
  useEffect(() => {
    void keepOnlyOf(user.id, organisations.map(({ id }) => id)).catch(() => undefined);
  }, [user.id, organisations]);
  return (
    <SignOutContext value={signOut}>
      {children}
      <Confirm
        open={unsaved > 0}
        onOpenChange={(open) => {
          if (!open) setUnsaved(0);
        }}
        title={`Sign out and lose ${unsaved === 1 ? '1 change' : `${unsaved} changes`}?`}
        action="Sign out"
        busy={isPending}
        onConfirm={() => mutate()}
      >
        They are kept in this browser alone: the server does not have them yet. Open the formula while there is a connection, and wait until it says “Saved”.
      </Confirm>
    </SignOutContext>
  );
}
