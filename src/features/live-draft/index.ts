export { useLiveDraft, type LiveDraft } from './use-live-draft.ts';
