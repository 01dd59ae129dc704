import * as decoding from 'lib0/decoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import type { Row } from '#collab/copy/store.ts';
import {
  CLOSE,
  EXTRA_PARAMETER,
  LEFT_PARAMETER,
  MESSAGE,
  readEnded,
  readRefused,
  SYNC,
  type EndedEpoch,
} from './messages.ts';
import { Unsaved } from './unsaved.ts';

export interface ConnectionStatus {
  readonly connection: 'connecting' | 'online' | 'offline';
  /** `saved`: the server has committed every change made here. `offline`: changes are kept here until it can be reached, or takes them. */
  readonly saved: 'saved' | 'saving' | 'offline';
  /** Changes made here that the server has not committed. */
  readonly unsaved: number;
  /** Whether the server takes this person's changes. */
  readonly canEdit: boolean;
  /** Why the server did not take a change, or ended the connection for good. */
  readonly refusal?: { readonly code: string; readonly message: string };
}

export interface FormulaConnection {
  readonly awareness: Awareness;
  /** The changes that make up `unsaved`. */
  unsavedRows(): readonly Row[];
  getStatus(): ConnectionStatus;
  /** For `useSyncExternalStore`: the status is a new object exactly when something in it has changed. */
  subscribe(listener: () => void): () => void;
  /** Tries again at once, also after the server ended the connection for good. */
  reconnect(): void;
  /** Ends the connection, but goes on counting what is changed. */
  cut(): void;
  destroy(): void;
}

/** What a connection tells of its document, for whoever keeps a copy of it. */
export interface ConnectionListener {
  /** The document is empty and will be of this epoch. */
  begin(epoch: number): void;
  /** The server has the document in another epoch: this one is of no use any more, and the connection is cut. */
  outdated(): void;
  /** Something that the server has committed. */
  committed(update: Uint8Array): void;
  made(change: Row): void;
  confirmed(changes: readonly Row[]): void;
  /** What the document had at the end of one of the epochs `left`. */
  ended(epoch: EndedEpoch): void;
  allowed(canEdit: boolean): void;
}

/** A document that was opened before. */
export interface KnownDocument {
  readonly epoch: number;
  readonly canEdit: boolean;
  readonly unsaved: readonly Row[];
}

export interface ConnectFormula {
  /** Where documents are served, such as `wss://host/collab`. */
  readonly url: string;
  readonly formulaId: string;
  readonly doc: Y.Doc;
  readonly awareness?: Awareness;
  /** Left out when `doc` is empty. */
  readonly known?: KnownDocument;
  /** Epochs before that of the server of which changes are here that were not acknowledged. */
  readonly left?: readonly number[];
  readonly listener?: ConnectionListener;
  /** Another implementation of sockets, outside of browsers. */
  readonly socket?: typeof WebSocket;
}

const CODE_OF_CLOSE: Readonly<Record<number, string>> = {
  [CLOSE.unauthenticated]: 'UNAUTHENTICATED',
  [CLOSE.forbidden]: 'FORBIDDEN',
  [CLOSE.notFound]: 'NOT_FOUND',
  [CLOSE.tooLarge]: 'TOO_LARGE',
  [CLOSE.malformed]: 'INVALID',
  [CLOSE.unreadable]: 'UNREADABLE',
};

/** Keeps `doc` and the server's copy the same, and says what the server has committed. */
export function connectFormula({
  url,
  formulaId,
  doc,
  awareness,
  known,
  left = [],
  listener,
  socket,
}: ConnectFormula): FormulaConnection {
  const unsaved = new Unsaved(known?.unsaved);
  const listeners = new Set<() => void>();
  let epoch = known?.epoch;
  let made = 0;
  let status: ConnectionStatus = {
    connection: 'connecting',
    saved: 'offline',
    unsaved: unsaved.count,
    canEdit: known?.canEdit ?? false,
  };

  const provider = new WebsocketProvider(url, formulaId, doc, {
    connect: false,
    // Tabs would show each other what the server has not committed.
    disableBc: true,
    params: { [EXTRA_PARAMETER]: '1', ...(left.length > 0 ? { [LEFT_PARAMETER]: left.join(',') } : {}) },
    ...(awareness ? { awareness } : {}),
    ...(socket ? { WebSocketPolyfill: socket } : {}),
  });

  /** `refusal: null` takes it away. */
  function update(
    change: Partial<Omit<ConnectionStatus, 'refusal'>> & { refusal?: ConnectionStatus['refusal'] | null },
  ): void {
    const { refusal = status.refusal ?? null, ...rest } = change;
    const { refusal: _old, ...kept } = status;
    const base = { ...kept, ...rest, unsaved: unsaved.count };
    const next: ConnectionStatus = {
      ...base,
      saved:
        base.connection !== 'online'
          ? 'offline'
          : base.unsaved === 0
            ? 'saved'
            : refusal || !base.canEdit
              ? 'offline'
              : 'saving',
      ...(refusal ? { refusal } : {}),
    };
    if (JSON.stringify(next) === JSON.stringify(status)) return;
    status = next;
    for (const listener of [...listeners]) listener();
  }

  const cut = (): void => {
    provider.disconnect();
    update({ connection: 'offline' });
  };
  /** Nothing of the other epoch has been read by then (E2). */
  const refuseEpoch = (): void => {
    cut();
    if (listener) listener.outdated();
    else
      update({
        canEdit: false,
        refusal: { code: 'EPOCH', message: 'The formula was rewritten meanwhile. Load the page anew.' },
      });
  };

  const onChange = (bytes: Uint8Array, origin: unknown): void => {
    if (origin === provider) return;
    made += 1;
    const row = { id: `${doc.clientID}-${made}`, bytes };
    // Exactly when the provider sends it.
    unsaved.add(row, provider.wsconnected && provider.ws?.readyState === 1);
    listener?.made(row);
    update({});
  };
  doc.on('update', onChange);

  const { messageHandlers } = provider;
  const readSync = messageHandlers[MESSAGE.sync];
  messageHandlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
    const { step, bytes } = peekSync(decoder);
    readSync?.(encoder, decoder, ...rest);
    if (step === SYNC.step1) unsaved.sendAll();
    else listener?.committed(bytes);
    update({});
  };
  messageHandlers[MESSAGE.auth] = () => undefined;
  messageHandlers[MESSAGE.epoch] = (_encoder, decoder) => {
    const current = decoding.readVarUint(decoder);
    if (epoch === undefined) listener?.begin(current);
    epoch ??= current;
    if (epoch !== current) refuseEpoch();
  };
  messageHandlers[MESSAGE.ended] = (_encoder, decoder) => listener?.ended(readEnded(decoder));
  messageHandlers[MESSAGE.access] = (_encoder, decoder) => {
    const canEdit = decoding.readVarUint(decoder) === 1;
    listener?.allowed(canEdit);
    update(canEdit ? { canEdit, refusal: null } : { canEdit });
  };
  messageHandlers[MESSAGE.saved] = (_encoder, decoder) => {
    const confirmed = unsaved.confirm(decoding.readVarUint(decoder));
    if (confirmed.length > 0) listener?.confirmed(confirmed);
    update({});
  };
  messageHandlers[MESSAGE.refused] = (_encoder, decoder) => {
    const { update: message, code, message: reason } = readRefused(decoder);
    unsaved.keep(message);
    update(code === 'INCOMPLETE' ? {} : { refusal: { code, message: reason } });
  };

  provider.on('status', ({ status: state }) => {
    if (state === 'connected') unsaved.restart();
    if (state === 'disconnected') update({ connection: 'offline' });
  });
  // Online only once both sides have what the other had: before, there is no telling what is saved.
  provider.on('sync', (synced) => update({ connection: synced ? 'online' : 'offline' }));
  provider.on('connection-error', () => update({ connection: 'offline' }));
  provider.on('closed', ({ code, reason }) => {
    if (code === CLOSE.oldEpoch) refuseEpoch();
    else
      update({
        connection: 'offline',
        canEdit: false,
        refusal: { code: CODE_OF_CLOSE[code] ?? 'CLOSED', message: reason },
      });
  });
  // Others take an awareness state only once its clock has moved: without a second one, somebody who does nothing yet is not seen.
  provider.awareness.setLocalState(provider.awareness.getLocalState());
  provider.connect();

  return {
    awareness: provider.awareness,
    unsavedRows: () => unsaved.rows,
    getStatus: () => status,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reconnect: () => {
      update({ connection: 'connecting', refusal: null });
      provider.disconnect();
      provider.connect();
    },
    cut,
    destroy: () => {
      doc.off('update', onChange);
      listeners.clear();
      provider.destroy();
      // Its timer would live on.
      if (!awareness) provider.awareness.destroy();
    },
  };
}

/** What a sync message says, without reading it from the decoder. */
function peekSync({ arr, pos }: decoding.Decoder): { step: number; bytes: Uint8Array } {
  const decoder = decoding.createDecoder(arr.subarray(pos));
  return { step: decoding.readVarUint(decoder), bytes: decoding.readVarUint8Array(decoder) };
}
