/**
 * Which document of a formula a client has. What may follow what: the table "A client's replica" of
 * server/realtime/PROTOCOL.md.
 */
export type ReplicaState<Document> =
  | { readonly kind: 'steady'; readonly current: Document }
  /** `next` is on its way to take the place of the current one, with own changes unless the person `discards` them. */
  | { readonly kind: 'renewing'; readonly current: Document; readonly next: Document; readonly discards: boolean }
  | { readonly kind: 'closed'; readonly current: Document };

export type ReplicaEvent<Document> =
  /** The current document is to be replaced by `next`. */
  | { readonly type: 'renewed'; readonly next: Document; readonly discards: boolean }
  /** The document is online. */
  | { readonly type: 'arrived'; readonly document: Document }
  | { readonly type: 'destroyed' };

/** The state after an event. What the person discards stays discarded, however often the next document is replaced. */
export function nextReplica<Document>(
  state: ReplicaState<Document>,
  event: ReplicaEvent<Document>,
): ReplicaState<Document> {
  if (state.kind === 'closed') return state;
  const { current } = state;
  switch (event.type) {
    case 'renewed': {
      const discards = event.discards || (state.kind === 'renewing' && state.discards);
      return { kind: 'renewing', current, next: event.next, discards };
    }
    case 'arrived':
      return state.kind === 'renewing' && event.document === state.next
        ? { kind: 'steady', current: state.next }
        : state;
    case 'destroyed':
      return { kind: 'closed', current };
  }
}

/** The document that is, or is to be, the current one. */
export function newestOf<Document>(state: ReplicaState<Document>): Document {
  return state.kind === 'renewing' ? state.next : state.current;
}
