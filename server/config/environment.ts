// The one reader of the environment. Imported first by the programs: libraries look at NODE_ENV when they load.
if (!process.env.NODE_ENV) Object.assign(process.env, { NODE_ENV: 'production' });

export const environment: Readonly<NodeJS.ProcessEnv> = process.env;
