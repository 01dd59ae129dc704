import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import config from '../eslint.config.mjs';

/** Every text under `message` in the rules of ours. */
function messagesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'message' && typeof inner === 'string' ? [inner] : messagesIn(inner),
  );
}

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string): readonly string[] =>
  [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );

test('what a lint rule of ours says names a place in the docs that explains it', () => {
  const messages = config.flatMap(({ rules }) => messagesIn(rules));
  expect(messages.length).toBeGreaterThan(30);
  for (const message of messages) {
    const [, file = '', anchor] = /\((docs\/[\w/.-]+\.md)(?:#([\w-]+))?\)$/.exec(message) ?? [];
    expect(existsSync(file), message).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(readFileSync(file, 'utf8')), message).toContain(anchor);
  }
});
