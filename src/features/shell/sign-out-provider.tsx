'use client';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { countUnsaved, keepOnlyOf } from '#collab/copy/indexed-db.ts';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { countTexts } from '#ui/kept/kept-texts.ts';
import { Confirm } from '#ui/overlays/confirm.tsx';
import { announceSignOut } from './leave-together.tsx';
import { useSession } from './session.tsx';
import { SignOutContext } from './use-sign-out.ts';

/** What is in this browser alone. */
interface Unsaved {
  readonly changes: number;
  readonly texts: number;
}

const NOTHING: Unsaved = { changes: 0, texts: 0 };

const counted = (count: number, what: string): readonly string[] =>
  count === 0 ? [] : [count === 1 ? `1 ${what}` : `${count} ${what}s`];
const listed = ({ changes, texts }: Unsaved): string =>
  [...counted(changes, 'change'), ...counted(texts, 'unfinished text')].join(' and ');

/** A browser may keep nothing, and say so by throwing. */
function textsHere(): number {
  try {
    return countTexts(localStorage);
  } catch {
    return 0;
  }
}

/**
 * Signs out, after a question where something would be lost. It also forgets what is kept of organisations that the
 * person has left.
 */
export function SignOutProvider({ children }: { readonly children: ReactNode }) {
  const trpc = useTRPC();
  const { user, organisations } = useSession();
  const [unsaved, setUnsaved] = useState(NOTHING);
  const { mutate, isPending } = useAction(
    trpc.session.signOut.mutationOptions({ onSuccess: () => announceSignOut(user.id) }),
  );
  const signOut = useCallback(() => {
    void countUnsaved(user.id)
      .catch(() => 0)
      .then((changes) => {
        const texts = textsHere();
        if (changes + texts > 0) setUnsaved({ changes, texts });
        else mutate();
      });
  }, [user.id, mutate]);
  useEffect(() => {
    void keepOnlyOf(
      user.id,
      organisations.map(({ id }) => id),
    ).catch(() => undefined);
  }, [user.id, organisations]);
  return (
    <SignOutContext value={signOut}>
      {children}
      <Confirm
        open={unsaved !== NOTHING}
        onOpenChange={(open) => {
          if (!open) setUnsaved(NOTHING);
        }}
        title={`Sign out and lose ${listed(unsaved)}?`}
        action="Sign out"
        busy={isPending}
        onConfirm={() => mutate()}
      >
        {unsaved.changes > 0 &&
          'Changes are kept in this browser alone: the server does not have them yet. Open the strategy while there is a connection, and wait until it says “Saved”. '}
        {unsaved.texts > 0 &&
          'Unfinished texts are lines of code that are not taken into a strategy yet, and comments that are not sent.'}
      </Confirm>
    </SignOutContext>
  );
}
