'use client';
import { useQueryClient } from '@tanstack/react-query';
import { ArrowUpFromLine, RotateCcw, Undo2, Upload, X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { LiveDraft } from '#features/live-draft/index.ts';
import { PublishDialog } from '#features/publications/index.ts';
import { useDenial, useSession } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Age } from '#ui/data/time.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { MenuItem } from '#ui/overlays/menu.tsx';
import { RowMenu } from '#ui/overlays/row-menu.tsx';
import { ReviewState } from './review-state.tsx';
import type { Review } from './review.ts';

interface ReviewHeaderProps {
  readonly review: Review;
  readonly draft: LiveDraft | null;
}

/** What a review is of, how it stands, and what becomes of it. */
export function ReviewHeader({ review, draft }: ReviewHeaderProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { user } = useSession();
  const [isPublishing, setPublishing] = useState(false);
  const denied = useDenial('review.ask');
  const cannotPublish = useDenial('version.publish');
  const refresh = () => void queryClient.invalidateQueries(trpc.review.pathFilter());
  const move = useAction(
    trpc.review.move.mutationOptions({
      onSuccess: ({ number }) => {
        refresh();
        toast.success(`The review is of version ${number} now`);
      },
    }),
  );
  const end = useAction(trpc.review.end.mutationOptions({ onSuccess: refresh }));
  const { id, state, versionNumber, baseNumber, formulaId, formulaName } = review;
  const isOpen = state === 'open';
  const isMoved = isOpen && draft !== null && draft.contentHash !== review.contentHash;
  const isOwn = review.author?.id === user.id;
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            <span className="wrap-anywhere">{review.title}</span>
            <ReviewState review={review} current={isMoved ? draft.contentHash : undefined} />
          </span>
        }
        actions={
          <span className="flex flex-wrap items-center gap-2">
            {isMoved ? (
              <Button
                icon={<ArrowUpFromLine />}
                denied={denied}
                busy={move.isPending}
                onClick={() => move.mutate({ id })}
              >
                Bring up to the draft
              </Button>
            ) : null}
            {state === 'withdrawn' ? null : (
              <Button look="primary" icon={<Upload />} denied={cannotPublish} onClick={() => setPublishing(true)}>
                Publish v{versionNumber}
              </Button>
            )}
            {denied === undefined ? (
              <RowMenu label="What can be done with the review">
                {isOpen ? (
                  <MenuItem icon={<X />} onSelect={() => end.mutate({ id, state: 'closed' })}>
                    Close
                  </MenuItem>
                ) : (
                  <MenuItem icon={<RotateCcw />} onSelect={() => end.mutate({ id, state: 'open' })}>
                    Open again
                  </MenuItem>
                )}
                {isOpen && isOwn ? (
                  <MenuItem icon={<Undo2 />} danger onSelect={() => end.mutate({ id, state: 'withdrawn' })}>
                    Withdraw
                  </MenuItem>
                ) : null}
              </RowMenu>
            ) : null}
          </span>
        }
      >
        {review.author?.name ?? 'Someone who has left'} asks for{' '}
        <Link href={`/formulas/${formulaId}`} className="text-accent-text underline">
          {formulaName}
        </Link>
        , {baseNumber === null ? `version ${versionNumber}` : `version ${baseNumber} → ${versionNumber}`} ·{' '}
        <Age value={review.createdAt} />
      </PageHeader>
      {isMoved ? (
        <p role="status" className="mx-4 mb-4 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn md:mx-6">
          The draft has moved on since version {versionNumber}: what was approved is version {versionNumber}, not the
          draft. Approvals are stale for the draft, and still count for publishing version {versionNumber}.
        </p>
      ) : null}
      {isPublishing ? <PublishDialog versionId={review.versionId} onClose={() => setPublishing(false)} /> : null}
    </>
  );
}
