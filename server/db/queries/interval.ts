import { sql } from 'drizzle-orm';

/** Milliseconds as an interval of the database. */
export const interval = (milliseconds: number) => sql`make_interval(secs => ${milliseconds / 1000}::float8)`;
