import { locateThing as locate, type LocatedKind } from '#server/db/queries/locate.ts';
import type { Person } from '#server/policies/principal.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';

/** In which of the person's organisations a thing is that a link leads to. Nothing is said of those of others. */
export async function locateThing(
  { db, principal }: Caller<Person>,
  { kind, id }: { readonly kind: LocatedKind; readonly id: string },
) {
  const orgId = await readAcross(db, freely('one’s own organisations'), (tx) => locate(tx, principal.userId, kind, id));
  return { orgId };
}
