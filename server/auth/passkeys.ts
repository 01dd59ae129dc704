import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';

/** The one library of WebAuthn's server side, behind the few questions that we have. */

export type AssertionJson = AuthenticationResponseJSON;
export type AttestationJson = RegistrationResponseJSON;

export interface KnownPasskey {
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
}

/** Passkeys belong to the name under which people reach the server. */
const partyOf = (address: string) => ({ rpID: new URL(address).hostname, expectedOrigin: new URL(address).origin });

const transportsOf = ({ transports }: Pick<KnownPasskey, 'transports'>) => [...transports];

export function registrationOptions(
  address: string,
  person: { readonly userId: string; readonly email: string; readonly name: string },
  known: readonly KnownPasskey[],
) {
  return generateRegistrationOptions({
    rpName: 'Alphaloom',
    rpID: partyOf(address).rpID,
    userName: person.email,
    userDisplayName: person.name,
    userID: new TextEncoder().encode(person.userId),
    attestationType: 'none',
    excludeCredentials: known.map((key) => ({ id: key.id, transports: transportsOf(key) })),
    // Kept by the authenticator, so that somebody can sign in without typing an address.
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
}

/** The new passkey; null when the answer does not hold. */
export async function readRegistration(address: string, response: AttestationJson, challenge: string) {
  const { rpID, expectedOrigin } = partyOf(address);
  const { registrationInfo } = await holding(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin,
      expectedRPID: rpID,
      requireUserVerification: false,
    }),
  );
  if (!registrationInfo) return null;
  const { credential, credentialBackedUp } = registrationInfo;
  return {
    id: credential.id,
    publicKey: new Uint8Array(credential.publicKey),
    counter: credential.counter,
    transports: credential.transports ?? [],
    isBackedUp: credentialBackedUp,
  };
}

/** `known`: of whom a second factor is asked; nobody is named where a passkey alone signs in. */
export function authenticationOptions(address: string, known: readonly KnownPasskey[] | null) {
  return generateAuthenticationOptions({
    rpID: partyOf(address).rpID,
    userVerification: known === null ? 'required' : 'preferred',
    ...(known === null
      ? {}
      : { allowCredentials: known.map((key) => ({ id: key.id, transports: transportsOf(key) })) }),
  });
}

interface Asked {
  readonly challenge: string;
  /** Where the passkey is all that is asked for, its holder shows a finger, a face or a PIN. */
  readonly alone: boolean;
}

/** The counter that the passkey has now; null when the answer does not hold. */
export async function readAssertion(
  address: string,
  response: AssertionJson,
  { id, publicKey, counter }: KnownPasskey,
  { challenge, alone }: Asked,
): Promise<number | null> {
  const { rpID, expectedOrigin } = partyOf(address);
  const { verified, authenticationInfo } = await holding(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin,
      expectedRPID: rpID,
      credential: { id, publicKey: new Uint8Array(publicKey), counter },
      requireUserVerification: alone,
    }),
  );
  return verified && authenticationInfo ? authenticationInfo.newCounter : null;
}

/** The library throws for whatever does not hold in an answer, which anybody may have made up. */
async function holding<T extends { verified: boolean }>(look: () => Promise<T>): Promise<Partial<T>> {
  try {
    return await look();
  } catch {
    return {};
  }
}
