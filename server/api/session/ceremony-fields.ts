import { z } from 'zod';
import { text, trimmed } from '../fields.ts';

/** What a ceremony goes on with, and the token of a link: 32 bytes. */
export const ticket = text(100).min(1);
export const token = text(100).min(1, 'The link is not whole. Open it anew from the letter.');
/** Six digits of an app, or a recovery code, as people type them. */
export const code = trimmed(40).pipe(z.string().min(1, 'Type the code.'));
export const passkeyId = text(1_400).min(1);
export const passkeyName = trimmed(100).pipe(z.string().min(1, 'Give the passkey a name.'));

/** Bytes as WebAuthn writes them. */
const base64url = (longest: number) => text(longest).regex(/^[\w-]*$/, 'The answer of the passkey can not be read.');

const ofCredential = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}),
};

/** The answer of a passkey that is used; the rest of what browsers say is left out. */
export const assertion = z.object({
  ...ofCredential,
  response: z.object({
    clientDataJSON: base64url(8_000),
    authenticatorData: base64url(8_000),
    signature: base64url(8_000),
    userHandle: base64url(200).exactOptional(),
  }),
});

/** The answer of a passkey that is made. */
export const attestation = z.object({
  ...ofCredential,
  response: z.object({
    clientDataJSON: base64url(8_000),
    attestationObject: base64url(30_000),
    transports: z
      .array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']))
      .max(7)
      .exactOptional(),
  }),
});
