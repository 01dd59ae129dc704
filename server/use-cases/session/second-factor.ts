import type { UserId } from '#core/requests/ids.ts';
import { takeSecondFactor } from '#server/auth/attempts.ts';
import { authenticationOptions, type AssertionJson } from '#server/auth/passkeys.ts';
import type { Sealer } from '#server/auth/sealer.ts';
import { createToken, hashToken } from '#server/auth/token.ts';
import {
  deleteCeremony,
  insertCeremony,
  listPasskeys,
  lockCeremony,
  setCeremonyFacts,
} from '#server/db/queries/second-factors.ts';
import { findUser } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import { useCode } from '../account/check-code.ts';
import { letterTo } from '../account/letter-to.ts';
import { showPasskey, TOO_LATE } from '../account/passkeys.ts';
import { sayOfAccount } from '../account/say-of-account.ts';
import { actAcross, type WideUnit } from '../act/act.ts';
import type { Visitor } from '../context.ts';
import type { Begun } from './begin-session.ts';
import { ENTERS, letIn, recordFailedFactor } from './enter.ts';

/** What the ways in work with beside a visitor. */
export type Doorway = Visitor & { readonly sealer: Sealer; readonly address: string };

/** What the browser is to ask a passkey for: that of an account whose password was right, or, without a ticket, any. */
export function beginPasskeySignIn(
  { address, ...context }: Doorway,
  { ticket }: { readonly ticket?: string | undefined },
) {
  return actAcross(context, ENTERS, async ({ tx, now, nothingHappened }) => {
    nothingHappened();
    if (ticket === undefined) {
      const options = await authenticationOptions(address, null);
      const fresh = createToken();
      const { challenge } = options;
      await insertCeremony(tx, { id: hashToken(fresh), kind: 'passkey-sign-in', userId: null, facts: { challenge } });
      return { ticket: fresh, options };
    }
    const ceremony = await lockCeremony(tx, hashToken(ticket), 'second-factor', now);
    if (!ceremony?.userId) throw TOO_LATE();
    const options = await authenticationOptions(address, await listPasskeys(tx, ceremony.userId));
    await setCeremonyFacts(tx, ceremony.id, { ...ceremony.facts, challenge: options.challenge });
    return { ticket, options };
  });
}

export type SecondFactor =
  { readonly ticket: string; readonly code: string } | { readonly ticket: string; readonly response: AssertionJson };

/** Lets somebody in whose password was right and who shows the second factor. Of several at once one gets in. */
export async function showSecondFactor(context: Doorway, shown: SecondFactor): Promise<Begun> {
  const id = hashToken(shown.ticket);
  const userId = await actAcross(context, ENTERS, async ({ tx, now, nothingHappened }) => {
    nothingHappened();
    return (await lockCeremony(tx, id, 'second-factor', now))?.userId ?? null;
  });
  if (userId === null) throw TOO_LATE();
  const attempt = await takeSecondFactor(context.db, userId);
  const begun = await actAcross(context, ENTERS, async (unit) => {
    const { tx } = unit;
    const ceremony = await lockCeremony(tx, id, 'second-factor', unit.now);
    const user = await findUser(tx, userId);
    if (!ceremony || !user) throw TOO_LATE();
    const way = await wayOf(unit, context, { shown, userId, challenge: ceremony.facts['challenge'] ?? '' });
    if (way === null) {
      unit.nothingHappened();
      return null;
    }
    await deleteCeremony(tx, id);
    if (way === 'recovery')
      await sayOfAccount(unit, { kind: 'person', userId }, 'account.recovery_used', {
        userId,
        letters: [letterTo({ userId, email: user.email }, 'recovery-used', context)],
      });
    return letIn(unit, context, user, ceremony.facts['invitation']);
  });
  if (begun) {
    await attempt.succeeded();
    return begun;
  }
  await recordFailedFactor(context, userId);
  throw new AppError(
    'UNAUTHENTICATED',
    'This is not right, or was used before. Wait for the next code, and try again.',
  );
}

interface Showing {
  readonly shown: SecondFactor;
  readonly userId: UserId;
  readonly challenge: string;
}

/** By which way the account's second factor was shown; null when it was not. */
async function wayOf({ tx, now }: WideUnit, { sealer, address }: Doorway, { shown, userId, challenge }: Showing) {
  if ('code' in shown) return useCode({ tx, sealer, now }, userId, shown.code);
  const holder = await showPasskey({ tx, now, address }, shown.response, { challenge, alone: false });
  return holder?.userId === userId ? 'passkey' : null;
}

/** Lets somebody in by a passkey alone, whose holder has shown a finger, a face or a PIN. */
export async function signInByPasskey(
  context: Doorway,
  { ticket, response }: { readonly ticket: string; readonly response: AssertionJson },
): Promise<Begun> {
  const id = hashToken(ticket);
  const challenge = await actAcross(context, ENTERS, async ({ tx, now, nothingHappened }) => {
    nothingHappened();
    const ceremony = await lockCeremony(tx, id, 'passkey-sign-in', now);
    if (!ceremony) throw TOO_LATE();
    await deleteCeremony(tx, id);
    return ceremony.facts['challenge'] ?? '';
  });
  return actAcross(context, ENTERS, async (unit) => {
    const { tx, now } = unit;
    const holder = await showPasskey({ tx, now, address: context.address }, response, { challenge, alone: true });
    const user = holder && (await findUser(tx, holder.userId));
    if (!user)
      throw new AppError('UNAUTHENTICATED', 'No account here knows this passkey. Sign in with your password instead.');
    return letIn(unit, context, user, undefined);
  });
}
