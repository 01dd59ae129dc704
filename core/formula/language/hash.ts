import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Formula } from '../model/formula.ts';
import { hashedCode } from './print.ts';

/** SHA-256 of the code, in hex: equal for equal strategies, whatever their ids and layout. */
export const contentHash = (formula: Formula): string => hashCode(hashedCode(formula));

/** The same for code that is printed already. */
export const hashCode = (code: string): string => bytesToHex(sha256(utf8ToBytes(code)));
