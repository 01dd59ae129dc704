/** `npm run docs:schema`: writes the JSON Schema of formulas, which is served at /schemas/formula-1.json. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formulaSchema } from '#core/formula/json/json-schema.ts';

const FILE = 'public/schemas/formula-1.json';

await mkdir(dirname(FILE), { recursive: true });
await writeFile(FILE, `${JSON.stringify(formulaSchema(), null, 1)}\n`);
