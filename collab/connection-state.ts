import { CLOSE } from './messages.ts';

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export interface ConnectionStatus {
  readonly connection: 'connecting' | 'online' | 'offline';
  /**
   * `saved`: the server has committed every change made here. `offline`: changes are kept here until it can be reached,
   * or takes them.
   */
  readonly saved: 'saved' | 'saving' | 'offline';
  /** Changes made here that the server has not committed. */
  readonly unsaved: number;
  /** Whether the server takes this person's changes. */
  readonly canEdit: boolean;
  /** Why the server did not take a change, or ended the connection for good. */
  readonly refusal?: Refusal;
}

/**
 * Where a client's connection is. What may follow what: the table "A client's connection" of
 * server/realtime/PROTOCOL.md. `canEdit` and `refusal` are the last that was heard; an ended connection has its reason,
 * and nobody edits on it.
 */
export type ConnectionState =
  | { readonly kind: 'connecting' | 'online' | 'offline'; readonly canEdit: boolean; readonly refusal: Refusal | null }
  | { readonly kind: 'ended'; readonly refusal: Refusal };

export type ConnectionEvent =
  /** Both sides have what the other had. Before, there is no telling what is saved. */
  | { readonly type: 'synced' }
  /** The line broke, or is not there yet. The provider tries again. */
  | { readonly type: 'lost' }
  /** Whether the server takes changes (100). */
  | { readonly type: 'access'; readonly canEdit: boolean }
  /** A change was not taken (102). */
  | { readonly type: 'refused'; readonly refusal: Refusal }
  /** The server has closed the socket for good (44xx). */
  | { readonly type: 'closed'; readonly code: number; readonly reason: string }
  /** The document was re-based, and nobody here opens it anew (E5). */
  | { readonly type: 'outdated' }
  /** The person tries again. */
  | { readonly type: 'retry' };

const CODE_OF_CLOSE: Readonly<Record<number, string>> = {
  [CLOSE.unauthenticated]: 'UNAUTHENTICATED',
  [CLOSE.forbidden]: 'FORBIDDEN',
  [CLOSE.notFound]: 'NOT_FOUND',
  [CLOSE.tooLarge]: 'TOO_LARGE',
  [CLOSE.malformed]: 'INVALID',
  [CLOSE.unreadable]: 'UNREADABLE',
};
const OUTDATED: Refusal = { code: 'EPOCH', message: 'The formula was rewritten meanwhile. Load the page anew.' };

export const canEditIn = (state: ConnectionState): boolean => state.kind !== 'ended' && state.canEdit;

/** The state after an event. */
export function nextState(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  const open = state.kind === 'ended' ? null : state;
  switch (event.type) {
    case 'synced':
      return open ? { ...open, kind: 'online' } : state;
    case 'lost':
      return open ? { ...open, kind: 'offline' } : state;
    case 'access':
      // Who may edit again is not held against what was refused before.
      return open ? { ...open, canEdit: event.canEdit, refusal: event.canEdit ? null : open.refusal } : state;
    case 'refused':
      return open ? { ...open, refusal: event.refusal } : state;
    case 'closed':
      return { kind: 'ended', refusal: { code: CODE_OF_CLOSE[event.code] ?? 'CLOSED', message: event.reason } };
    case 'outdated':
      return { kind: 'ended', refusal: OUTDATED };
    case 'retry':
      return { kind: 'connecting', canEdit: canEditIn(state), refusal: null };
  }
}

/** What people are told of a state, with so many changes that are not committed. */
export function statusOf(state: ConnectionState, unsaved: number): ConnectionStatus {
  const canEdit = canEditIn(state);
  const isOnline = state.kind === 'online';
  const isTaken = canEdit && state.refusal === null;
  return {
    connection: state.kind === 'ended' ? 'offline' : state.kind,
    saved: !isOnline || (unsaved > 0 && !isTaken) ? 'offline' : unsaved === 0 ? 'saved' : 'saving',
    unsaved,
    canEdit,
    ...(state.refusal ? { refusal: state.refusal } : {}),
  };
}
