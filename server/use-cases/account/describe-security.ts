import { countRecoveryCodes, findSeed, listPasskeys } from '#server/db/queries/second-factors.ts';
import { findUser } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import type { Post } from '#server/integrations/mail/post.ts';
import type { Person } from '#server/policies/principal.ts';
import { mustVerify } from '#server/policies/shown.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';

interface Asking extends Caller<Person> {
  readonly post: Post;
  readonly config: { readonly mail?: object; readonly onlyHere: boolean };
}

/** What one’s own page about security shows. */
export function describeSecurity({ db, principal, post, config }: Asking) {
  return readAcross(db, freely('one’s own account'), async (tx) => {
    const user = await findUser(tx, principal.userId);
    if (!user) throw new AppError('UNAUTHENTICATED', 'Your session has ended. Sign in again.');
    const passkeys = await listPasskeys(tx, user.id);
    return {
      email: user.email,
      verifiedAt: user.emailVerifiedAt,
      /** Whether some things wait for the address to be confirmed. */
      mustVerify: mustVerify(config),
      /** `files`: letters stand in a folder of the server. */
      post: post.kind,
      totpSince: (await findSeed(tx, user.id))?.confirmedAt ?? null,
      recoveryCodes: await countRecoveryCodes(tx, user.id),
      passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt, isBackedUp }) => ({
        id,
        name,
        createdAt,
        lastUsedAt,
        isBackedUp,
      })),
    };
  });
}
