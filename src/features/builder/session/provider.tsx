'use client';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { openIndexedDbStore } from '#collab/copy/indexed-db.ts';
import type { CopyStore } from '#collab/copy/store.ts';
import { useSession } from '#features/shell/index.ts';
import { Button } from '#ui/controls/button.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { network } from '#ui/hooks/use-network.ts';
import { PersonColors } from '#ui/people/person-colors.tsx';
import { openFormula, type FormulaSession } from './formula-session.ts';
import { SessionContext, useFormulaSession } from './use-session.ts';

interface FormulaSessionProviderProps {
  readonly formulaId: string;
  /** Shown until the session is there. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

const collabAddress = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/collab`;

/** Null where the browser keeps nothing. */
function openTextStore(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

async function openKept(formulaId: string, userId: string, orgId: string): Promise<FormulaSession> {
  // Private windows and full disks: the formula opens all the same.
  const store = await openIndexedDbStore({ userId, orgId }).catch(() => null);
  const open = (kept: CopyStore | null): Promise<FormulaSession> =>
    openFormula({ formulaId, url: collabAddress(), userId, store: kept, network, textStore: openTextStore() });
  // A copy that reads, but says what nobody can show: the server's is opened, and the copy stays as it is.
  return store === null ? open(null) : open(store).catch(() => open(null));
}

/** Keeps one formula open while its children are on screen. Give it the formula's id as its key. */
export function FormulaSessionProvider({ formulaId, fallback, children }: FormulaSessionProviderProps) {
  const [session, setSession] = useState<FormulaSession | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    if (!session) return;
    const leave = (): void => session.fields.leave();
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, [session]);
  const { user, org } = useSession();
  const [userId, orgId] = [user.id, org.id];
  useEffect(() => {
    let isOpen = true;
    const opening = openKept(formulaId, userId, orgId);
    opening.then(
      (opened) => {
        if (isOpen) setSession(opened);
      },
      () => {
        if (isOpen) setHasFailed(true);
      },
    );
    return () => {
      isOpen = false;
      opening.then(
        (opened) => opened.destroy(),
        () => undefined,
      );
    };
  }, [formulaId, userId, orgId]);
  if (hasFailed)
    return (
      <Problem
        className="m-4"
        title="The strategy could not be opened"
        action={
          <Button size="sm" onClick={() => location.reload()}>
            Load the page anew
          </Button>
        }
      >
        Nothing that you have changed is lost: it stays in this browser.
      </Problem>
    );
  return session ? (
    <SessionContext value={session}>
      <ColorsHere>{children}</ColorsHere>
    </SessionContext>
  ) : (
    fallback
  );
}

/** Whoever is here has one colour wherever they are shown: as a pointer, in the code, beside a comment. */
function ColorsHere({ children }: { readonly children: ReactNode }) {
  const session = useFormulaSession();
  return (
    <PersonColors value={useSyncExternalStore(session.subscribeColleagues, session.colors)}>{children}</PersonColors>
  );
}
