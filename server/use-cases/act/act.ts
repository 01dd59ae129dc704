import type { OrgId } from '#core/requests/ids.ts';
import { asSystem, waitShortly, withOrg, type Tx } from '#server/db/database.ts';
import { findRole, lockOrganisation } from '#server/db/queries/organisations.ts';
import { AppError } from '#server/errors.ts';
import { addressKey } from '#server/limits/address-key.ts';
import { requirePermission } from '#server/policies/can.ts';
import type { Permission } from '#server/policies/permissions.ts';
import type { Principal } from '#server/policies/principal.ts';
import { NOWHERE, type Anonymous, type Caller } from '../context.ts';
import { asOfNow } from './as-of-now.ts';
import { CATALOGUE, type EventName, type FactsOf } from './catalogue.ts';
import type { Effects } from './effects.ts';
import { record, type By, type Happened } from './record.ts';
import { neededBy, type Freely, type Right } from './right.ts';

/** Says what happened; its audit row, notifications, jobs and live events are written at the end of the act. */
export type Say = <Name extends EventName>(name: Name, facts: FactsOf<Name>) => void;

/** What one act works with: everything in it commits together, or not at all. */
export interface Unit<P extends Principal = Principal> {
  readonly tx: Tx;
  /** As they are in this transaction. */
  readonly principal: P;
  readonly now: Date;
  readonly happened: Say;
  /**
   * Said when the act changed nothing that anybody should hear of. An act that ends without a word is a bug, and is
   * taken back.
   */
  nothingHappened(): void;
}

/** An act over all organisations. */
export interface WideUnit {
  readonly tx: Tx;
  readonly now: Date;
  /** What happened in an organisation (null: in none), by whom. */
  happenedIn<Name extends EventName>(orgId: OrgId | null, by: By, name: Name, facts: FactsOf<Name>): void;
  nothingHappened(): void;
  /** The same transaction as that of an act of this principal. */
  as<P extends Principal>(principal: P): Unit<P>;
}

/**
 * Whatever changes something in an organisation: checks the right, opens the transaction, does the work, and writes
 * what follows from what happened. Throws FORBIDDEN before anything is done. Whoever asked is looked at again before
 * it, and before the commit, where the last look was longer ago than a moment.
 */
export async function act<T, P extends Principal>(
  caller: Caller<P>,
  right: Right,
  work: (unit: Unit<P>) => Promise<T>,
): Promise<T> {
  const { db, principal } = caller;
  const { permission, isLocked } = neededBy(right);
  const now = await asOfNow(caller, permission);
  return withOrg(db, principal.orgId, async (tx) => {
    const current = isLocked && permission ? await underLockOf(tx, now, permission) : now;
    return perform(tx, caller, async (wide) => {
      const result = await work(wide.as(current));
      await asOfNow(caller, permission);
      return result;
    });
  });
}

/**
 * The same over all organisations, for the reason that is given: where the organisation is only found in the
 * transaction, or there is none.
 */
export async function actAcross<T>(
  caller: Anonymous,
  _reason: Freely,
  work: (unit: WideUnit) => Promise<T>,
): Promise<T> {
  const acted = async (tx: Tx): Promise<T> => {
    // Work of the house has time; a person has none, and others wait for the same few connections.
    if (caller.from !== NOWHERE) await waitShortly(tx);
    return perform(tx, caller, work);
  };
  const { ip } = caller.from;
  return asSystem(caller.db, acted, 'write', ip === null ? 'house' : { network: addressKey(ip) });
}

async function perform<T>(
  tx: Tx,
  caller: Pick<Anonymous, 'from' | 'now'>,
  work: (unit: WideUnit) => Promise<T>,
): Promise<T> {
  const happened: Happened[] = [];
  let isSaid = false;
  const isSilent = (): boolean => happened.length === 0 && !isSaid;
  const unit: WideUnit = {
    tx,
    now: caller.now,
    happenedIn: (orgId, by, name, facts) => {
      // TypeScript does not see that the facts are those of this name.
      const effectsOf = CATALOGUE[name] as (facts: FactsOf<typeof name>) => Effects;
      happened.push({ name, orgId, by, effects: effectsOf(facts) });
    },
    nothingHappened: () => {
      isSaid = true;
    },
    as: (principal) => ({
      tx,
      principal,
      now: caller.now,
      happened: (name, facts) => unit.happenedIn(principal.orgId, principal, name, facts),
      nothingHappened: unit.nothingHappened,
    }),
  };
  const result = await work(unit);
  if (isSilent()) throw new Error('an act ended without a word of what happened');
  await record(tx, caller, happened);
  return result;
}

/** The person with their role of now: somebody else may have changed it while this waited for the lock. */
async function underLockOf<P extends Principal>(tx: Tx, principal: P, permission: Permission): Promise<P> {
  await lockOrganisation(tx, principal.orgId);
  if (principal.kind !== 'person') return principal;
  const role = await findRole(tx, principal.orgId, principal.userId);
  if (role === null) throw new AppError('FORBIDDEN', 'You do not belong to this organisation any more.');
  const current = { ...principal, role };
  requirePermission(current, permission);
  return current;
}
