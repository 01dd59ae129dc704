import { hash, verify } from '@node-rs/argon2';
import { HASHING } from '#server/policies/sign-in-limits.ts';
import { PasswordQueue, type Turn } from './password-queue.ts';

// OWASP's minimum for argon2id, which is the package's default algorithm.
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const queue = new PasswordQueue(HASHING);

/** The same password typed on two systems may differ in its bytes. */
const normalise = (password: string): string => password.normalize('NFKC');

export const hashPassword = (password: string, turn: Turn): Promise<string> =>
  queue.run(turn, () => hash(normalise(password), PARAMETERS));

// Of a random password that nobody knows, with the parameters above.
const UNKNOWN_ACCOUNT =
  '$argon2id$v=19$m=19456,t=2,p=1$Dze4omE6o4evzHAmuZ6OTA$EBAmClmVihNb8pAKE3JI+2tKUCaNkaOhEu+h4FceRiQ';

/**
 * For an account that does not exist (`null`), the check takes as long as for any other account, and fails. So does the
 * check for an account without a password, whose hash can't be read.
 */
export async function verifyPassword(passwordHash: string | null, password: string, turn: Turn): Promise<boolean> {
  const known = passwordHash?.startsWith('$argon2') ? passwordHash : null;
  const matches = await queue.run(turn, () => verify(known ?? UNKNOWN_ACCOUNT, normalise(password)));
  return matches && known !== null;
}
