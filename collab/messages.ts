import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/**
 * First number of each message. The first four are those of y-protocols; the others are described in
 * server/realtime/PROTOCOL.md.
 */
export const MESSAGE = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  access: 100,
  saved: 101,
  refused: 102,
  epoch: 103,
  ended: 104,
} as const;

/** Second number of a sync message. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const;

/** A client that sets this parameter to `1` gets the messages that y-protocols does not have. */
export const EXTRA_PARAMETER = 'extra';

/**
 * In this parameter it names epochs, with commas between them, of which it has changes that may or may not have been
 * committed.
 */
export const LEFT_PARAMETER = 'left';

/** Close codes. As y-websocket has it, 44xx means that coming back is of no use. */
export const CLOSE = {
  restarting: 1012,
  tryAgainLater: 1013,
  malformed: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  notFound: 4404,
  oldEpoch: 4409,
  tooLarge: 4413,
  unreadable: 4422,
} as const;

export interface Refused {
  /** Which update message of this socket, counted from 1. */
  readonly update: number;
  readonly code: RefusalCode;
  readonly message: string;
}

/** `INCOMPLETE` asks for what the update builds on; it is followed by a sync step 1. */
export const REFUSAL_CODES = ['FORBIDDEN', 'INVALID', 'TOO_LARGE', 'INCOMPLETE'] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export function encodeMessage(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

export const encodeSync = (step: number, bytes: Uint8Array): Uint8Array =>
  encodeMessage(MESSAGE.sync, (encoder) => {
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, bytes);
  });

export const encodeAccess = (canEdit: boolean): Uint8Array =>
  encodeMessage(MESSAGE.access, (encoder) => encoding.writeVarUint(encoder, canEdit ? 1 : 0));

export const encodeEpoch = (epoch: number): Uint8Array =>
  encodeMessage(MESSAGE.epoch, (encoder) => encoding.writeVarUint(encoder, epoch));

/** What a document had at the end of an epoch. */
export interface EndedEpoch {
  readonly epoch: number;
  /** A snapshot of Yjs: clocks and deletions, no content. */
  readonly had: Uint8Array;
}

export const encodeEnded = ({ epoch, had }: EndedEpoch): Uint8Array =>
  encodeMessage(MESSAGE.ended, (encoder) => {
    encoding.writeVarUint(encoder, epoch);
    encoding.writeVarUint8Array(encoder, had);
  });

export const readEnded = (decoder: decoding.Decoder): EndedEpoch => ({
  epoch: decoding.readVarUint(decoder),
  had: decoding.readVarUint8Array(decoder),
});

export const encodeSaved = (updates: number): Uint8Array =>
  encodeMessage(MESSAGE.saved, (encoder) => encoding.writeVarUint(encoder, updates));

export const encodeRefused = ({ update, code, message }: Refused): Uint8Array =>
  encodeMessage(MESSAGE.refused, (encoder) => {
    encoding.writeVarUint(encoder, update);
    encoding.writeVarString(encoder, code);
    encoding.writeVarString(encoder, message);
  });

export function readRefused(decoder: decoding.Decoder): Refused {
  const update = decoding.readVarUint(decoder);
  const code = decoding.readVarString(decoder);
  const message = decoding.readVarString(decoder);
  return { update, code: REFUSAL_CODES.find((known) => known === code) ?? 'INVALID', message };
}
