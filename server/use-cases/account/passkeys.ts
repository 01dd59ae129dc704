import {
  authenticationOptions,
  readAssertion,
  readRegistration,
  registrationOptions,
  type AssertionJson,
  type AttestationJson,
} from '#server/auth/passkeys.ts';
import { createToken, hashToken } from '#server/auth/token.ts';
import type { Tx } from '#server/db/database.ts';
import {
  deleteCeremony,
  deletePasskey,
  findPasskey,
  insertCeremony,
  insertPasskey,
  listPasskeys,
  lockCeremony,
  lockSecondFactors,
  renamePasskey as rename,
  settleSecondFactor,
  usePasskey,
} from '#server/db/queries/second-factors.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { actAcross } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';
import { letterTo } from './letter-to.ts';
import { firstRecoveryCodes, forgetCodesWithoutFactor } from './totp.ts';

const OWN = freely('one’s own passkeys');
const MOST_PASSKEYS = 20;

/** Which address the server is reached under: passkeys hold for it alone. */
type Located<C> = C & { readonly address: string };

export const TOO_LATE = (): AppError =>
  new AppError('CONFLICT', 'This took too long, or was done already. Begin again.');

/** What the browser is to ask the authenticator for, and the ticket that comes back with the answer. */
export async function beginPasskey({ address, ...caller }: Located<Caller<Person>>) {
  const { principal, db } = caller;
  const known = await readAcross(db, OWN, (tx) => listPasskeys(tx, principal.userId));
  if (known.length >= MOST_PASSKEYS)
    throw new AppError('PLAN_LIMIT', `An account has at most ${MOST_PASSKEYS} passkeys. Remove one first.`);
  const options = await registrationOptions(address, principal, known);
  return { options, ticket: await keepChallenge(caller, 'passkey-register', options.challenge) };
}

export async function addPasskey(
  { address, ...caller }: Located<Caller<Person>>,
  { ticket, response, name }: { readonly ticket: string; readonly response: AttestationJson; readonly name: string },
): Promise<{ recoveryCodes: readonly string[] | null }> {
  const { principal, from } = caller;
  const challenge = await takeChallenge(caller, 'passkey-register', ticket);
  const passkey = await readRegistration(address, response, challenge);
  if (!passkey) throw new AppError('INVALID', 'The answer of the passkey does not hold. Begin again.');
  return actAcross(caller, OWN, async (unit) => {
    const { tx, now } = unit;
    const { userId, email } = principal;
    await lockSecondFactors(tx, userId);
    if (!(await insertPasskey(tx, { ...passkey, userId, name, createdAt: now })))
      throw new AppError('CONFLICT', 'This passkey is known already.');
    await settleSecondFactor(tx, userId, now);
    unit.happenedIn(principal.orgId, principal, 'account.passkey_added', {
      userId,
      endsSessions: true,
      difference: { passkey: [null, name] },
      letters: [letterTo({ userId, email }, 'passkey-added', { from, now }, { what: name })],
    });
    return { recoveryCodes: await firstRecoveryCodes(unit, userId) };
  });
}

export function renamePasskey(
  caller: Caller<Person>,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  const { principal } = caller;
  return actAcross(caller, OWN, async (unit) => {
    if (!(await rename(unit.tx, principal.userId, id, name)))
      throw new AppError('NOT_FOUND', 'Your account has no such passkey.');
    unit.happenedIn(principal.orgId, principal, 'account.changed', {
      userId: principal.userId,
      difference: { passkey: [id, name] },
    });
  });
}

export function removePasskey(caller: Caller<Person>, { id }: { readonly id: string }): Promise<void> {
  const { principal, from } = caller;
  return actAcross(caller, OWN, async (unit) => {
    const { tx, now } = unit;
    const { userId, email } = principal;
    await lockSecondFactors(tx, userId);
    const name = await deletePasskey(tx, userId, id);
    if (name === null) throw new AppError('NOT_FOUND', 'Your account has no such passkey.');
    await forgetCodesWithoutFactor(unit, userId);
    unit.happenedIn(principal.orgId, principal, 'account.passkey_removed', {
      userId,
      endsSessions: true,
      difference: { passkey: [name, null] },
      letters: [letterTo({ userId, email }, 'passkey-removed', { from, now }, { what: name })],
    });
  });
}

export async function beginPasskeyStepUp({ address, ...caller }: Located<Caller<Person>>) {
  const known = await readAcross(caller.db, OWN, (tx) => listPasskeys(tx, caller.principal.userId));
  const options = await authenticationOptions(address, known);
  return { options, ticket: await keepChallenge(caller, 'passkey-step-up', options.challenge) };
}

/** Whether the answer is that of a passkey of the person who is signed in. */
export async function hasShownPasskey(
  { address, ...caller }: Located<Caller<Person>>,
  { ticket, response }: { readonly ticket: string; readonly response: AssertionJson },
): Promise<boolean> {
  const challenge = await takeChallenge(caller, 'passkey-step-up', ticket);
  return actAcross(caller, OWN, async ({ tx, now, nothingHappened }) => {
    nothingHappened();
    const shown = await showPasskey({ tx, now, address }, response, { challenge, alone: false });
    return shown?.userId === caller.principal.userId;
  });
}

/** Whose passkey has answered; null when the answer does not hold. */
export async function showPasskey(
  { tx, now, address }: { readonly tx: Tx; readonly now: Date; readonly address: string },
  response: AssertionJson,
  asked: { readonly challenge: string; readonly alone: boolean },
): Promise<{ userId: Person['userId'] } | null> {
  const passkey = await findPasskey(tx, response.id);
  if (!passkey) return null;
  const counter = await readAssertion(address, response, passkey, asked);
  if (counter === null) return null;
  await usePasskey(tx, passkey.id, counter, now);
  return { userId: passkey.userId };
}

type Kind = 'passkey-register' | 'passkey-step-up';

function keepChallenge(caller: Caller<Person>, kind: Kind, challenge: string): Promise<string> {
  const ticket = createToken();
  return actAcross(caller, OWN, async ({ tx, nothingHappened }) => {
    nothingHappened();
    await insertCeremony(tx, { id: hashToken(ticket), kind, userId: caller.principal.userId, facts: { challenge } });
    return ticket;
  });
}

/** Once. */
function takeChallenge(caller: Caller<Person>, kind: Kind, ticket: string): Promise<string> {
  return actAcross(caller, OWN, async ({ tx, now, nothingHappened }) => {
    nothingHappened();
    const ceremony = await lockCeremony(tx, hashToken(ticket), kind, now);
    if (ceremony?.userId !== caller.principal.userId) throw TOO_LATE();
    await deleteCeremony(tx, ceremony.id);
    return ceremony.facts['challenge'] ?? '';
  });
}
