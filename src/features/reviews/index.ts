export { AskReviewDialog } from './ask-review-dialog.tsx';
export { BuilderReview, ReviewMenuItem } from './builder-review.tsx';
export { ReviewPage } from './lazy-review-page.tsx';
export { ReviewsPage } from './reviews-page.tsx';
