export { Composer } from './composer.tsx';
export { useDraft } from './draft/use-draft.ts';
export type { ShownThread } from './outbox/with-outgoing.ts';
export { CommentsProvider, NoComments, useComments } from './provider.tsx';
export { ThreadCard } from './thread-card.tsx';
export { ThreadView } from './thread-view.tsx';
