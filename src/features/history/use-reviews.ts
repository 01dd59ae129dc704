'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';

type Review = Outputs['review']['list'][number];

export interface VersionReview {
  readonly id: string;
  readonly title: string;
  /** How far it is. */
  readonly words: string;
}

/**
 * The newest reviews of a strategy by the version that they are of, with the number of the version that is published,
 * and the strategy's name.
 */
export function useReviews(formulaId: string) {
  const trpc = useTRPC();
  const reviews = useQuery(trpc.review.list.queryOptions({ formulaId }));
  const formula = useQuery(trpc.formula.get.queryOptions({ id: formulaId }));
  const reviewsOf = useMemo(
    () =>
      new Map(
        [...Map.groupBy(reviews.data ?? [], ({ versionId }) => versionId)].map(([version, all]) => [
          version,
          all.map((review): VersionReview => ({ id: review.id, title: review.title, words: wordsOf(review) })),
        ]),
      ),
    [reviews.data],
  );
  return { reviewsOf, published: formula.data?.published?.number ?? null, formulaName: formula.data?.name ?? '' };
}

function wordsOf({ state, people, contentHash }: Review): string {
  if (state !== 'open') return state;
  const verdicts = people.filter((person) => person.contentHash === contentHash).map(({ verdict }) => verdict);
  if (verdicts.includes('changes')) return 'changes asked for';
  return verdicts.includes('approved') ? 'approved' : 'open';
}
