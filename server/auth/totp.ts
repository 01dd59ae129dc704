import { randomBytes, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
/** RFC 4226 asks for 160 bits. */
const SEED_BYTES = 20;

export const createSeed = (): Uint8Array => new Uint8Array(randomBytes(SEED_BYTES));

const totpOf = (seed: Uint8Array, label = ''): TOTP =>
  new TOTP({
    issuer: 'Alphaloom',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    secret: new Secret({ buffer: new Uint8Array(seed).buffer }),
  });

/** What an app reads from the picture, and what people type when they can't take one. */
export function describeSeed(seed: Uint8Array, email: string): { readonly uri: string; readonly secret: string } {
  const totp = totpOf(seed, email);
  return { uri: totp.toString(), secret: totp.secret.base32 };
}

/**
 * The step of 30 seconds since 1970 whose code this is (RFC 6238): that of `now`, or one beside it, since clocks of
 * telephones are wrong by seconds. Null when it is the code of none.
 */
export function stepOfCode(seed: Uint8Array, code: string, now: Date): number | null {
  const delta = totpOf(seed).validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
}

export const RECOVERY_CODES = 10;
/** Without letters and digits that look alike. */
const SIGNS = '23456789abcdefghjkmnpqrstuvwxyz';

/** 49 bits each, in two groups of five. */
export const createRecoveryCodes = (): readonly string[] =>
  Array.from({ length: RECOVERY_CODES }, () => {
    const signs = Array.from({ length: 10 }, () => SIGNS.charAt(randomInt(SIGNS.length))).join('');
    return `${signs.slice(0, 5)}-${signs.slice(5)}`;
  });

/** As people type it. */
export const normaliseCode = (code: string): string => code.toLowerCase().replaceAll(/[\s-]/g, '');
export const isTotpCode = (code: string): boolean => /^\d{6}$/.test(normaliseCode(code));
