import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';

/** Loaded when somebody uses a passkey: most pages need none of it. */
const library = () => import('@simplewebauthn/browser');

/** Lets the person choose and use a passkey. Throws when they do not. */
export async function usePasskey(optionsJSON: PublicKeyCredentialRequestOptionsJSON) {
  const { id, rawId, response } = await (await library()).startAuthentication({ optionsJSON });
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  const said = { clientDataJSON, authenticatorData, signature, ...(userHandle ? { userHandle } : {}) };
  return { id, rawId, type: 'public-key' as const, clientExtensionResults: {}, response: said };
}

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;

/** Lets the person make a passkey. Throws when they do not. */
export async function makePasskey(optionsJSON: PublicKeyCredentialCreationOptionsJSON) {
  const { id, rawId, response } = await (await library()).startRegistration({ optionsJSON });
  const { clientDataJSON, attestationObject, transports: said = [] } = response;
  const transports = TRANSPORTS.filter((name) => said.includes(name));
  return {
    id,
    rawId,
    type: 'public-key' as const,
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject, transports },
  };
}

/** Why no passkey was used, in words: browsers say little, so that no page learns who has one. */
export function passkeyAdvice(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'InvalidStateError') return 'This device has a passkey of your account already.';
  if (name === 'NotAllowedError' || name === 'AbortError')
    return 'Nothing was chosen, or it took too long. Try again, or use another way.';
  if (name === 'SecurityError') return 'Passkeys need this page under a name and https, or under localhost.';
  return 'This browser could not use a passkey. Use another way.';
}
