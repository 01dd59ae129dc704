import { hash, verify } from '@node-rs/argon2';
import { AppError } from '#server/errors.ts';

// OWASP's minimum for argon2id, which is the package's default algorithm.
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// Each hash takes 19 MiB and a core for some 20 ms. More than this at once would slow everything else down.
const AT_ONCE = 2;
const MAY_WAIT = 100;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAY_WAIT) throw new AppError('RATE_LIMITED', 'Too many people are signing in at this moment. Try again in a few seconds.');
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** The same password typed on two systems may differ in its bytes. */
const normalise = (password: string): string => password.normalize('NFKC');

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(normalise(password), PARAMETERS));

// Of a random password that nobody knows, with the parameters above.
const UNKNOWN_ACCOUNT = '$argon2id$v=19$m=19456,t=2,p=1$Dze4omE6o4evzHAmuZ6OTA$EBAmClmVihNb8pAKE3JI+2tKUCaNkaOhEu+h4FceRiQ';

/** With `null` for an account that does not exist it takes as long as with one that does, and is false. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await inTurn(() => verify(passwordHash ?? UNKNOWN_ACCOUNT, normalise(password)));
  return matches && passwordHash !== null;
}
