import { takeSecondFactor } from '#server/auth/attempts.ts';
import type { Sealer } from '#server/auth/sealer.ts';
import { createRecoveryCodes, createSeed, describeSeed } from '#server/auth/totp.ts';
import type { Database } from '#server/db/database.ts';
import {
  confirmSeed,
  countRecoveryCodes,
  deleteSeed,
  findSeed,
  listSeedsOfOtherKeys,
  lockSecondFactors,
  putSeed,
  replaceRecoveryCodes,
  resealSeed,
  settleSecondFactor,
} from '#server/db/queries/second-factors.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { actAcross, type WideUnit } from '../act/act.ts';
import { freely } from '../act/right.ts';
import { NOWHERE, type Caller } from '../context.ts';
import { hashOfRecovery, seedAbout, useTotp } from './check-code.ts';
import { letterTo } from './letter-to.ts';

const OWN = freely('one’s own second factor');

export type Securing = Caller<Person> & { readonly sealer: Sealer };

/** A new seed for an app, which asks for nothing before a code of it was typed. */
export function beginTotp(caller: Securing): Promise<{ secret: string; uri: string }> {
  const { principal, sealer } = caller;
  const seed = createSeed();
  return actAcross(caller, OWN, async ({ tx, nothingHappened }) => {
    nothingHappened();
    if (!(await putSeed(tx, { userId: principal.userId, ...sealer.seal(seed, seedAbout(principal.userId)) })))
      throw new AppError('CONFLICT', 'Your account has an app already. Remove that one first.');
    return describeSeed(seed, principal.email);
  });
}

/** Takes the app on, once it shows the right code. Gives recovery codes where the account has none yet. */
export async function confirmTotp(
  caller: Securing,
  { code }: { readonly code: string },
): Promise<{ recoveryCodes: readonly string[] | null }> {
  const { principal, sealer, from } = caller;
  const attempt = await takeSecondFactor(caller.db, principal.userId);
  const result = await actAcross(caller, OWN, async (unit) => {
    const { tx, now } = unit;
    const { userId, email } = principal;
    await lockSecondFactors(tx, userId);
    const seed = await findSeed(tx, userId);
    if (!seed || seed.confirmedAt) throw new AppError('CONFLICT', 'Begin again: there is no app to confirm.');
    if (!(await useTotp({ tx, sealer, now }, seed, code)))
      throw new AppError(
        'INVALID',
        'This is not the code that the app shows now. Look at the clock of your telephone.',
        {
          field: 'code',
        },
      );
    await confirmSeed(tx, userId, now);
    await settleSecondFactor(tx, userId, now);
    unit.happenedIn(principal.orgId, principal, 'account.totp_added', {
      userId,
      endsSessions: true,
      letters: [letterTo({ userId, email }, 'totp-added', { from, now })],
    });
    return { recoveryCodes: await firstRecoveryCodes(unit, userId) };
  });
  await attempt.succeeded();
  return result;
}

export function removeTotp(caller: Securing): Promise<void> {
  const { principal, from } = caller;
  return actAcross(caller, OWN, async (unit) => {
    const { tx, now } = unit;
    const { userId, email } = principal;
    await lockSecondFactors(tx, userId);
    if (!(await deleteSeed(tx, userId))) throw new AppError('NOT_FOUND', 'Your account has no app.');
    await forgetCodesWithoutFactor(unit, userId);
    unit.happenedIn(principal.orgId, principal, 'account.totp_removed', {
      userId,
      endsSessions: true,
      letters: [letterTo({ userId, email }, 'totp-removed', { from, now })],
    });
  });
}

/** New recovery codes in place of the old ones. They are told once, here. */
export function makeRecoveryCodes(caller: Securing): Promise<{ recoveryCodes: readonly string[] }> {
  const { principal, from } = caller;
  return actAcross(caller, OWN, async (unit) => {
    const { tx, now } = unit;
    const { userId, email } = principal;
    await lockSecondFactors(tx, userId);
    if (!(await settleSecondFactor(tx, userId, now)))
      throw new AppError('CONFLICT', 'Recovery codes are for accounts with an app or a passkey. Add one first.');
    unit.happenedIn(principal.orgId, principal, 'account.recovery_made', {
      userId,
      letters: [letterTo({ userId, email }, 'recovery-made', { from, now })],
    });
    return { recoveryCodes: await newRecoveryCodes(unit, userId) };
  });
}

async function newRecoveryCodes({ tx }: WideUnit, userId: Person['userId']): Promise<readonly string[]> {
  const codes = createRecoveryCodes();
  await replaceRecoveryCodes(
    tx,
    userId,
    codes.map((code) => hashOfRecovery(userId, code)),
  );
  return codes;
}

/** With the first second factor of an account come recovery codes. */
export const firstRecoveryCodes = async (
  unit: WideUnit,
  userId: Person['userId'],
): Promise<readonly string[] | null> =>
  (await countRecoveryCodes(unit.tx, userId)) > 0 ? null : newRecoveryCodes(unit, userId);

export async function forgetCodesWithoutFactor({ tx, now }: WideUnit, userId: Person['userId']): Promise<void> {
  if (!(await settleSecondFactor(tx, userId, now))) await replaceRecoveryCodes(tx, userId, []);
}

const AT_ONCE = 100;

/** Seals anew what an older key has sealed. Safe to repeat; says how many. */
export async function resealSeeds(db: Database, sealer: Sealer): Promise<number> {
  for (let done = 0; ;) {
    const count = await actAcross(
      { db, now: new Date(), from: NOWHERE },
      freely('the house changes its keys'),
      async ({ tx, nothingHappened }) => {
        nothingHappened();
        const rows = await listSeedsOfOtherKeys(tx, sealer.keyId, AT_ONCE);
        for (const row of rows) {
          const about = seedAbout(row.userId);
          await resealSeed(tx, row.userId, sealer.seal(sealer.open(row, about), about));
        }
        return rows.length;
      },
    );
    done += count;
    if (count < AT_ONCE) return done;
  }
}
