// The one reader of the environment. Imported first by the programs: libraries look at NODE_ENV when they load.
const set: Record<string, string | undefined> = process.env;
set['NODE_ENV'] ??= 'production';

export const environment: Readonly<Record<string, string | undefined>> = set;
