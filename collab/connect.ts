import * as decoding from 'lib0/decoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import type { Row } from '#collab/copy/store.ts';
import { createEmitter } from '#core/emitter/emitter.ts';
import {
  nextState,
  statusOf,
  type ConnectionEvent,
  type ConnectionState,
  type ConnectionStatus,
} from './connection-state.ts';
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

/** Keeps `doc` and the server's copy the same, and says what the server has committed. */
export function connectFormula(options: ConnectFormula): FormulaConnection {
  const { doc, awareness, known, listener } = options;
  const unsaved = new Unsaved(known?.unsaved);
  const changed = createEmitter<void>();
  const provider = providerOf(options);
  let made = 0;
  let state: ConnectionState = { kind: 'connecting', canEdit: known?.canEdit ?? false, refusal: null };
  let status = statusOf(state, unsaved.count);

  const publish = (event?: ConnectionEvent): void => {
    if (event) state = nextState(state, event);
    const next = statusOf(state, unsaved.count);
    if (JSON.stringify(next) === JSON.stringify(status)) return;
    status = next;
    changed.emit();
  };
  const cut = (): void => {
    provider.disconnect();
    publish({ type: 'lost' });
  };
  /** Nothing of the other epoch has been read by then (E2). */
  const refuseEpoch = (): void => {
    cut();
    if (listener) listener.outdated();
    else publish({ type: 'outdated' });
  };
  const onChange = (bytes: Uint8Array, origin: unknown): void => {
    if (origin === provider) return;
    made += 1;
    const row = { id: `${doc.clientID}-${made}`, bytes };
    // Exactly when the provider sends it.
    unsaved.add(row, provider.wsconnected && provider.ws?.readyState === 1);
    listener?.made(row);
    publish();
  };
  doc.on('update', onChange);
  hearMessages(provider, { epoch: known?.epoch, unsaved, listener, publish, refuseEpoch });
  hearLine(provider, { unsaved, publish, refuseEpoch });
  // Others take an awareness state only once its clock has moved: without a second one, somebody who does nothing yet
  // is not seen.
  provider.awareness.setLocalState(provider.awareness.getLocalState());
  provider.connect();

  return {
    awareness: provider.awareness,
    unsavedRows: () => unsaved.rows,
    getStatus: () => status,
    subscribe: changed.subscribe,
    reconnect: () => {
      publish({ type: 'retry' });
      provider.disconnect();
      provider.connect();
    },
    cut,
    destroy: () => {
      doc.off('update', onChange);
      changed.clear();
      provider.destroy();
      // Its timer would live on.
      if (!awareness) provider.awareness.destroy();
    },
  };
}

const providerOf = ({ url, formulaId, doc, awareness, left = [], socket }: ConnectFormula): WebsocketProvider =>
  new WebsocketProvider(url, formulaId, doc, {
    connect: false,
    // Tabs would show each other what the server has not committed.
    disableBc: true,
    params: { [EXTRA_PARAMETER]: '1', ...(left.length > 0 ? { [LEFT_PARAMETER]: left.join(',') } : {}) },
    ...(awareness ? { awareness } : {}),
    ...(socket ? { WebSocketPolyfill: socket } : {}),
  });

interface Hearing {
  readonly unsaved: Unsaved;
  readonly publish: (event?: ConnectionEvent) => void;
  readonly refuseEpoch: () => void;
}

interface HearingMessages extends Hearing {
  /** Undefined until the server says it. */
  readonly epoch: number | undefined;
  readonly listener: ConnectionListener | undefined;
}

/** What the server says on the connection. */
function hearMessages(
  { messageHandlers }: WebsocketProvider,
  { epoch: known, unsaved, listener, publish, refuseEpoch }: HearingMessages,
): void {
  let epoch = known;
  const readSync = messageHandlers[MESSAGE.sync];
  messageHandlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
    const { step, bytes } = peekSync(decoder);
    readSync?.(encoder, decoder, ...rest);
    if (step === SYNC.step1) unsaved.sendAll();
    else listener?.committed(bytes);
    publish();
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
    publish({ type: 'access', canEdit });
  };
  messageHandlers[MESSAGE.saved] = (_encoder, decoder) => {
    const confirmed = unsaved.confirm(decoding.readVarUint(decoder));
    if (confirmed.length > 0) listener?.confirmed(confirmed);
    publish();
  };
  messageHandlers[MESSAGE.refused] = (_encoder, decoder) => {
    const { update, code, message } = readRefused(decoder);
    unsaved.keep(update);
    // What lacks something is sent once more, with what it lacks.
    if (code === 'INCOMPLETE') publish();
    else publish({ type: 'refused', refusal: { code, message } });
  };
}

/** How the line itself does. */
function hearLine(provider: WebsocketProvider, { unsaved, publish, refuseEpoch }: Hearing): void {
  provider.on('status', ({ status }) => {
    if (status === 'connected') unsaved.restart();
    if (status === 'disconnected') publish({ type: 'lost' });
  });
  provider.on('sync', (synced) => publish({ type: synced ? 'synced' : 'lost' }));
  provider.on('connection-error', () => publish({ type: 'lost' }));
  provider.on('closed', ({ code, reason }) => {
    if (code === CLOSE.oldEpoch) refuseEpoch();
    else publish({ type: 'closed', code, reason });
  });
}

/** What a sync message says, without reading it from the decoder. */
function peekSync({ arr, pos }: decoding.Decoder): { step: number; bytes: Uint8Array } {
  const decoder = decoding.createDecoder(arr.subarray(pos));
  return { step: decoding.readVarUint(decoder), bytes: decoding.readVarUint8Array(decoder) };
}
