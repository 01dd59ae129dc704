import type { NewUpdate } from '#server/db/queries/document-updates.ts';

/**
 * Updates that are committed and sent together. A group without updates only reads what other servers have committed.
 */
export interface Group {
  readonly updates: NewUpdate[];
  readonly done: PromiseWithResolvers<void>;
}

/**
 * How far a document's writing is. What may follow what: the table "A document in memory" of
 * server/realtime/PROTOCOL.md.
 */
export type WritingState =
  /** All that the document holds is committed and sent. */
  | { readonly kind: 'idle' }
  /** `group` takes updates for a few milliseconds more. */
  | { readonly kind: 'gathering'; readonly group: Group }
  /** `group` is being committed, and holds all that is new. */
  | { readonly kind: 'committing'; readonly group: Group }
  /** `group` is being committed; `next` takes what has come since. */
  | { readonly kind: 'overtaken'; readonly group: Group; readonly next: Group }
  /** The document in memory is not what is committed: it is thrown away. */
  | { readonly kind: 'lost'; readonly error: unknown };

export type WritingEvent =
  /** Something new is to be committed. */
  | { readonly type: 'written'; readonly update: NewUpdate }
  /** Other servers may have committed something that is not here. */
  | { readonly type: 'behind' }
  /** Enough was gathered. */
  | { readonly type: 'begun' }
  /** What was begun is committed and sent. */
  | { readonly type: 'committed' }
  /** The document and what is committed are not the same any more. */
  | { readonly type: 'failed'; readonly error: unknown };

export const IDLE: WritingState = { kind: 'idle' };

/** The state after an event. Groups are mutable: an update is pushed to the group that gathers. */
export function nextWriting(state: WritingState, event: WritingEvent): WritingState {
  if (state.kind === 'lost') return state;
  switch (event.type) {
    case 'written':
      return withGathering(state, (group) => group.updates.push(event.update));
    case 'behind':
      return withGathering(state, () => undefined);
    case 'begun':
      return state.kind === 'gathering' ? { kind: 'committing', group: state.group } : state;
    case 'committed':
      if (state.kind === 'overtaken') return { kind: 'gathering', group: state.next };
      return state.kind === 'committing' ? IDLE : state;
    case 'failed':
      return { kind: 'lost', error: event.error };
  }
}

/** The group that takes what comes now; null while nothing waits. */
export function gatheringOf(state: WritingState): Group | null {
  if (state.kind === 'gathering') return state.group;
  return state.kind === 'overtaken' ? state.next : null;
}

/** The group that is on its way to the database. */
export function committingOf(state: WritingState): Group | null {
  return state.kind === 'committing' || state.kind === 'overtaken' ? state.group : null;
}

function withGathering(state: Exclude<WritingState, { kind: 'lost' }>, take: (group: Group) => void): WritingState {
  const gathering = gatheringOf(state) ?? newGroup();
  take(gathering);
  const group = committingOf(state);
  return group ? { kind: 'overtaken', group, next: gathering } : { kind: 'gathering', group: gathering };
}

function newGroup(): Group {
  const done = Promise.withResolvers<void>();
  // Nobody may be waiting when the document is lost.
  done.promise.catch(() => undefined);
  return { updates: [], done };
}
