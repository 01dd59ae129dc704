import type { Tx } from '#server/db/database.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { actAcross, type WideUnit } from '../act/act.ts';
import { asOfNow } from '../act/as-of-now.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';

const ADMINS = freely('whoever looks after the installation does so over all organisations');

/** Throws FORBIDDEN unless the person looks after the installation at this moment. */
export async function requireAdmin(caller: Pick<Caller<Person>, 'principal' | 'current'>): Promise<void> {
  const { isPlatformAdmin } = await asOfNow(caller, null);
  if (!isPlatformAdmin) throw new AppError('FORBIDDEN', 'This is for those who look after the installation.');
}

export async function readAsAdmin<T>(caller: Caller<Person>, work: (tx: Tx) => Promise<T>): Promise<T> {
  await requireAdmin(caller);
  return readAcross(caller.db, ADMINS, work);
}

/** An act in the installation: whoever does it is looked at before it and before the commit. */
export async function actAsAdmin<T>(caller: Caller<Person>, work: (unit: WideUnit) => Promise<T>): Promise<T> {
  await requireAdmin(caller);
  return actAcross(caller, ADMINS, async (unit) => {
    const result = await work(unit);
    await requireAdmin(caller);
    return result;
  });
}
