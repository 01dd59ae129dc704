import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, as text for a cookie or a link. */
export const createToken = (): string => randomBytes(32).toString('base64url');

/** What the database keeps of a token. Plain SHA-256 is enough: a token can't be guessed as a password can. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
