import { main } from './main.ts';

/** The `alphaloom` command. */
process.exitCode = await main(process.argv.slice(2));
