/** `npm run -s docs:blocks > blocks.md`: the reference of every block, as Markdown, made from the catalogue. */
import { referenceMarkdown } from '#core/formula/reference/markdown.ts';

process.stdout.write(referenceMarkdown());
