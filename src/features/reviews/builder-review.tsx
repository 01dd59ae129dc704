'use client';
import { useQuery } from '@tanstack/react-query';
import { ClipboardCheck } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { Button } from '#ui/controls/button.tsx';
import { AskReviewDialog } from './ask-review-dialog.tsx';
import { ReviewState } from './review-state.tsx';

interface BuilderReviewProps {
  readonly formulaId: string;
  /** Of the draft as it is at this moment. */
  readonly contentHash: string | undefined;
  /** Why nobody is asked now, such as that the server is away. */
  readonly offline: string | undefined;
}

/** In the head of the builder: how the review of the strategy stands, or the way to ask for one. */
export function BuilderReview({ formulaId, contentHash, offline }: BuilderReviewProps) {
  const trpc = useTRPC();
  const denied = useDenial('review.ask') ?? offline;
  const [isAsking, setAsking] = useState(false);
  const open = useQuery(trpc.review.list.queryOptions({ formulaId, state: 'open', limit: 1 }));
  const [review] = open.data ?? [];
  return (
    <>
      {review ? (
        <Button look="quiet" asChild>
          <Link href={`/reviews/${review.id}`} title={review.title} aria-label={`Review: ${review.title}`}>
            <span className="max-xl:sr-only">Review</span>
            <ReviewState review={review} current={contentHash} />
          </Link>
        </Button>
      ) : (
        <Button icon={<ClipboardCheck />} denied={denied} onClick={() => setAsking(true)}>
          <span className="max-xl:sr-only">Ask for review</span>
        </Button>
      )}
      {isAsking ? <AskReviewDialog formulaId={formulaId} open onOpenChange={setAsking} /> : null}
    </>
  );
}
