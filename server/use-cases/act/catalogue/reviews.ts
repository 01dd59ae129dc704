import type { FormulaId, ReviewId, UserId } from '#core/requests/ids.ts';
import type { StoredEvent } from '#server/live/event.ts';
import type { Audited, Effects } from '../effects.ts';

interface Review {
  readonly reviewId: ReviewId;
  readonly formulaId: FormulaId;
  readonly title: string;
}

type Moved = readonly [before: number | null, after: number];

const changed = ({ reviewId, formulaId }: Review): readonly StoredEvent[] => [
  { kind: 'review.changed', payload: { reviewId, formulaId } },
];

const ofReview = (review: Review, difference: NonNullable<Audited['difference']>): Effects => ({
  audit: { entity: 'review', entityId: review.reviewId, difference },
  live: changed(review),
});

/** Each is told once of each time that they are asked. */
const asking = (
  { reviewId, formulaId, title }: Review,
  { by, people, at }: { readonly by: UserId; readonly people: readonly UserId[]; readonly at: number },
): Effects['notices'] =>
  people.map((userId) => ({
    kind: 'review.asked',
    userId,
    once: `review ${reviewId} asked ${at}`,
    facts: { reviewId, title },
    actorId: by,
    formulaId,
  }));

interface Asked extends Review {
  readonly by: UserId;
  readonly people: readonly UserId[];
  /** UTC milliseconds. */
  readonly at: number;
}

/** What the version changes, in sentences. */
interface Changes {
  readonly changes: readonly string[];
}

export const REVIEW_EVENTS = {
  'review.asked': ({ version, changes, ...asked }: Asked & Changes & { readonly version: Moved }): Effects => ({
    ...ofReview(asked, {
      title: [null, asked.title],
      version,
      changes: [null, changes],
      reviewers: [null, asked.people],
    }),
    notices: asking(asked, asked) ?? [],
  }),
  /** More people are asked, or some once more. */
  'review.requested': (asked: Asked): Effects => ({
    ...ofReview(asked, { reviewers: [null, asked.people] }),
    notices: asking(asked, asked) ?? [],
  }),
  /** The draft of now takes the place of the version. `told`: whose verdict is about the one before. */
  'review.moved': ({
    version,
    changes,
    by,
    told,
    ...review
  }: Review &
    Changes & { readonly version: Moved; readonly by: UserId; readonly told: readonly UserId[] }): Effects => ({
    ...ofReview(review, { version, changes: [null, changes] }),
    notices: told.map((userId) => ({
      kind: 'review.moved',
      userId,
      once: `review ${review.reviewId} version ${version[1]}`,
      facts: { reviewId: review.reviewId, title: review.title, version: version[1] },
      actorId: by,
      formulaId: review.formulaId,
    })),
  }),
  'review.answered': ({
    by,
    to,
    verdict,
    version,
    contentHash,
    at,
    ...review
  }: Review & {
    readonly by: UserId;
    /** Whoever asked; null for whoever has left, and where they say something themselves. */
    readonly to: UserId | null;
    readonly verdict: 'approved' | 'changes' | 'commented';
    readonly version: number;
    readonly contentHash: string;
    readonly at: number;
  }): Effects => ({
    ...ofReview(review, { verdict: [null, verdict], version: [null, version], contentHash: [null, contentHash] }),
    notices:
      to === null
        ? []
        : [
            {
              kind: 'review.answered',
              userId: to,
              once: `review ${review.reviewId} answered ${by} ${at}`,
              facts: { reviewId: review.reviewId, title: review.title, verdict },
              actorId: by,
              formulaId: review.formulaId,
            },
          ],
  }),
  'review.described': ({ before, ...review }: Review & { readonly before: string }): Effects =>
    ofReview(review, { title: [before, review.title] }),
  'review.ended': ({ state, ...review }: Review & { readonly state: readonly [string, string] }): Effects =>
    ofReview(review, { state }),
};
