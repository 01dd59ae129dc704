/** `npm run build`: the pages as `npm start` serves them, unless they are built of these sources already. */
import { build, isBuildFresh } from '#server/http/build.ts';
import { printLine, step } from '#server/observability/announce.ts';

if (await isBuildFresh()) printLine('The pages are built of these sources already.');
else await step('Building the pages', () => build(new AbortController().signal));
