import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Raw bytes: Yjs updates, columns of float64. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
});

/** A point in time; milliseconds, since that is what JavaScript keeps and what the API sends. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** The id of a row, of a kind in `core/requests/ids.ts` where other code names it. */
export const id = <Id extends string = string>() => uuid('id').$type<Id>().primaryKey().defaultRandom();
