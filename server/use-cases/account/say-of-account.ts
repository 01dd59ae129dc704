import type { UserId } from '#core/requests/ids.ts';
import { listOrganisationsOfUser } from '#server/db/queries/organisations.ts';
import type { WideUnit } from '../act/act.ts';
import type { ACCOUNT_EVENTS } from '../act/catalogue/accounts.ts';
import type { FactsOf } from '../act/catalogue.ts';
import type { By } from '../act/record.ts';
import { queueLetters } from '../letter/queue-letters.ts';

/**
 * Says what happened to an account whose person has no session: in the organisation that they joined last. Of a person
 * without any the letters are sent all the same, and nobody's audit has an entry.
 */
export async function sayOfAccount<Name extends keyof typeof ACCOUNT_EVENTS>(
  unit: WideUnit,
  by: By,
  name: Name,
  facts: FactsOf<Name> & { readonly userId: UserId },
): Promise<void> {
  const [organisation] = await listOrganisationsOfUser(unit.tx, facts.userId);
  if (organisation) return unit.happenedIn(organisation.id, by, name, facts);
  unit.nothingHappened();
  await queueLetters(unit.tx, facts.letters ?? [], unit.now);
}
