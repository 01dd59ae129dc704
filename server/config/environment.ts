// The one reader of the environment. Imported first by the programs: libraries look at NODE_ENV when they load.
// Next declares NODE_ENV to be there always; a program that is started by hand has none.
const given: Readonly<Record<string, string | undefined>> = process.env;
if (!given['NODE_ENV']) Object.assign(process.env, { NODE_ENV: 'production' });

export const environment: Readonly<NodeJS.ProcessEnv> = process.env;
