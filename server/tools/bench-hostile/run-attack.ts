import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Attack } from './attack.ts';

// The process of one attack: `node run-attack.ts <file> <server as JSON>`, ended by SIGTERM.
const server = z.object({ origin: z.string(), ws: z.string(), cookie: z.string(), orgId: z.string(), marketId: z.string(), formulaId: z.string(), viewerCookie: z.string(), sharedFormulaId: z.string() });
const [, , file = '', text = '{}'] = process.argv;
const stop = new AbortController();
process.once('SIGTERM', () => {
  stop.abort();
  setTimeout(() => process.exit(0), 1_000);
});
process.on('uncaughtException', () => undefined);
process.on('unhandledRejection', () => undefined);
const { attack } = (await import(pathToFileURL(file).href)) as { attack: Attack };
process.send?.(attack.name);
await attack.run(server.parse(JSON.parse(text)), stop.signal);
