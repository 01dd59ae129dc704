'use client';
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';
import { useSession } from '#features/shell/index.ts';
import { firstWorkspace, keepWorkspace, readWorkspace, type Workspace } from './kept-workspace.ts';

interface WorkspaceValue {
  readonly workspace: Workspace;
  /** Changes and keeps it. A view is kept without a render. */
  readonly change: (change: Partial<Workspace>) => void;
  readonly keepView: (view: Workspace['view']) => void;
}

const WorkspaceContext = createContext<WorkspaceValue | null>(null);

/** How this person has set the builder up for this formula. Give it the formula's id as its key. */
export function WorkspaceProvider({
  formulaId,
  children,
}: {
  readonly formulaId: string;
  readonly children: ReactNode;
}) {
  const { user } = useSession();
  const key = useMemo(() => ({ userId: user.id, formulaId }), [user.id, formulaId]);
  const [workspace, setWorkspace] = useState(() =>
    readWorkspace(localStorage, key, firstWorkspace({ width: window.innerWidth, height: window.innerHeight })),
  );
  const change = useCallback(
    (next: Partial<Workspace>) => {
      keepWorkspace(localStorage, key, next, Date.now());
      setWorkspace((before) => ({ ...before, ...next }));
    },
    [key],
  );
  const keepView = useCallback(
    (view: Workspace['view']) => keepWorkspace(localStorage, key, { view }, Date.now()),
    [key],
  );
  const value = useMemo(() => ({ workspace, change, keepView }), [workspace, change, keepView]);
  return <WorkspaceContext value={value}>{children}</WorkspaceContext>;
}

export function useWorkspace(): WorkspaceValue {
  const value = use(WorkspaceContext);
  if (!value) throw new Error('A part of the builder is used outside of WorkspaceProvider.');
  return value;
}
