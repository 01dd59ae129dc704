'use client';
import { useSearchParams } from 'next/navigation';
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';
import type { AnchorTarget } from '#core/comment/anchor.ts';
import { THREAD_PARAMETER } from '#core/comment/thread-path.ts';
import type { NodeId } from '#core/formula/model/formula.ts';
import { CommentsProvider, NoComments, useComments, type ShownThread } from '#features/comments/index.ts';

/** The threads at a mark, shown beside it. */
export interface Beside {
  readonly element: Element;
  /** What a new thread would be about. */
  readonly node: NodeId;
  /** The nodes that the mark stands for: a statement has those that are written in it. */
  readonly nodes: readonly NodeId[];
}

/** Where in the builder a conversation is open. */
interface CommentPlaces {
  /** The thread that is open in the panel; the page's address names it. */
  readonly openId: string | null;
  readonly open: (threadId: string | null) => void;
  /** What is being commented on in the panel. */
  readonly writing: AnchorTarget | null;
  readonly write: (anchor: AnchorTarget | null) => void;
  /** Changes whenever the panel is to come into sight; null while nothing is open in it. */
  readonly wanted: string | null;
  readonly beside: Beside | null;
  readonly showBeside: (beside: Beside | null) => void;
  /** The open threads of each node. */
  readonly byNode: ReadonlyMap<NodeId, readonly ShownThread[]>;
}

const PlacesContext = createContext<CommentPlaces | null>(null);

export function useCommentPlaces(): CommentPlaces {
  const places = use(PlacesContext);
  if (!places) throw new Error('A part of the builder is used outside of BuilderComments.');
  return places;
}

export const BuilderComments = ({
  formulaId,
  children,
}: {
  readonly formulaId: string;
  readonly children: ReactNode;
}) => (
  <CommentsProvider formulaId={formulaId}>
    <Places>{children}</Places>
  </CommentsProvider>
);

/** Where nobody talks. */
export const NoBuilderComments = ({ children }: { readonly children: ReactNode }) => (
  <NoComments>
    <Places>{children}</Places>
  </NoComments>
);

function Places({ children }: { readonly children: ReactNode }) {
  const { threads } = useComments();
  const openId = useSearchParams().get(THREAD_PARAMETER);
  const [writing, setWriting] = useState<AnchorTarget | null>(null);
  const [asked, setAsked] = useState(0);
  const [beside, showBeside] = useState<Beside | null>(null);
  const open = useCallback((threadId: string | null) => {
    const address = new URL(location.href);
    if (threadId === null) address.searchParams.delete(THREAD_PARAMETER);
    else address.searchParams.set(THREAD_PARAMETER, threadId);
    history.replaceState(null, '', address);
    setWriting(null);
    setAsked((count) => count + 1);
  }, []);
  const write = useCallback(
    (anchor: AnchorTarget | null) => {
      open(null);
      setWriting(anchor);
    },
    [open],
  );
  const byNode = useMemo(
    () =>
      Map.groupBy(
        (threads ?? []).filter(
          ({ resolved, anchor }) => resolved === null && anchor.kind !== 'formula' && anchor.nodeId !== null,
        ),
        ({ anchor }) => (anchor.kind === 'formula' ? '' : (anchor.nodeId ?? '')),
      ),
    [threads],
  );
  const wanted = openId === null && writing === null ? null : `${openId ?? ''} ${asked}`;
  const value = useMemo(
    () => ({ openId, open, writing, write, wanted, beside, showBeside, byNode }),
    [openId, open, writing, write, wanted, beside, byNode],
  );
  return <PlacesContext value={value}>{children}</PlacesContext>;
}
