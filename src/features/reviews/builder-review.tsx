'use client';
import { useQuery } from '@tanstack/react-query';
import { ClipboardCheck } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { Button } from '#ui/controls/button.tsx';
import { MenuItem } from '#ui/overlays/menu.tsx';
import { AskReviewDialog } from './ask-review-dialog.tsx';
import { ReviewState } from './review-state.tsx';

const useOpenReview = (formulaId: string) => {
  const trpc = useTRPC();
  const open = useQuery(trpc.review.list.queryOptions({ formulaId, state: 'open', limit: 1 }));
  return open.data?.[0];
};

interface BuilderReviewProps {
  readonly formulaId: string;
  /** Of the draft as it is at this moment. */
  readonly contentHash: string | undefined;
  /** Why nobody is asked now, such as that the server is away. */
  readonly offline: string | undefined;
}

/** In the head of the builder: how the review of the strategy stands, or the way to ask for one. */
export function BuilderReview({ formulaId, contentHash, offline }: BuilderReviewProps) {
  const denied = useDenial('review.ask') ?? offline;
  const [isAsking, setAsking] = useState(false);
  const review = useOpenReview(formulaId);
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

interface ReviewMenuItemProps {
  readonly formulaId: string;
  readonly offline: string | undefined;
  readonly onAsk: () => void;
}

/** The same in the menu of a strategy, where the head of the builder is too narrow for it. */
export function ReviewMenuItem({ formulaId, offline, onAsk }: ReviewMenuItemProps) {
  const router = useRouter();
  const denied = useDenial('review.ask') ?? offline;
  const review = useOpenReview(formulaId);
  return review ? (
    <MenuItem icon={<ClipboardCheck />} onSelect={() => router.push(`/reviews/${review.id}`)}>
      Open the review
    </MenuItem>
  ) : (
    <MenuItem icon={<ClipboardCheck />} disabled={denied !== undefined} onSelect={onAsk}>
      Ask for review…
    </MenuItem>
  );
}
