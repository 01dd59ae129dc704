'use client';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { describeAnchor } from '#core/comment/anchor.ts';
import { ThreadCard, ThreadView, useComments } from '#features/comments/index.ts';
import { Button } from '#ui/controls/button.tsx';
import { AnchoredPopover } from '#ui/overlays/anchored-popover.tsx';
import { useFormula } from '../session/use-session.ts';
import { AnchorHeading } from './anchor-heading.tsx';
import { NewThread } from './new-thread.tsx';
import { useCommentPlaces, type Beside } from './provider.tsx';

/** The threads of a mark, beside it. */
export function BesidePopover() {
  const { beside, showBeside } = useCommentPlaces();
  // A telephone has no room beside anything.
  const side = matchMedia('(min-width: 640px)').matches ? 'right' : 'bottom';
  return (
    <AnchoredPopover
      anchor={beside?.element ?? null}
      label="Comments"
      side={side}
      onClose={() => showBeside(null)}
      className="max-h-[min(480px,70vh)] w-[min(340px,calc(100vw-16px))] overflow-y-auto"
    >
      {beside ? <ThreadsHere key={beside.node} {...beside} /> : null}
    </AnchoredPopover>
  );
}

function ThreadsHere({ node, nodes }: Beside) {
  const { threads } = useComments();
  const formula = useFormula();
  const here = (threads ?? []).filter(
    ({ anchor }) => anchor.kind !== 'formula' && anchor.nodeId !== null && nodes.includes(anchor.nodeId),
  );
  const unresolved = here.filter(({ resolved }) => resolved === null);
  const [openId, setOpenId] = useState(unresolved.length === 1 ? (unresolved[0]?.id ?? null) : null);
  const open = here.find(({ id }) => id === openId);
  if (open) {
    return (
      <>
        {here.length > 1 ? (
          <div className="border-b px-2 py-1">
            <Button size="sm" look="quiet" icon={<ArrowLeft />} onClick={() => setOpenId(null)}>
              {here.length} threads
            </Button>
          </div>
        ) : null}
        <ThreadView key={open.id} thread={open} heading={<AnchorHeading anchor={open.anchor} />} />
      </>
    );
  }
  return (
    <>
      {here.length > 0 ? (
        <ul className="divide-y divide-line/70 border-b" aria-label="Threads">
          {here.map((thread) => (
            <li key={thread.id}>
              <ThreadCard
                thread={thread}
                words={describeAnchor(thread.anchor, formula)}
                onOpen={() => setOpenId(thread.id)}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <div className="px-3 py-2.5">
        <NewThread anchor={{ kind: 'node', nodeId: node }} autoFocus={here.length === 0} onBegun={setOpenId} />
      </div>
    </>
  );
}
