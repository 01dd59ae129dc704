import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safePath } from './safe-path.ts';

const ORIGIN = 'https://app.example';
const piece = fc.constantFrom(
  '/',
  '\\',
  '\t',
  '\n',
  '\r',
  '.',
  '..',
  '@',
  ':',
  '?',
  '#',
  '%09',
  '%2f',
  '%5c',
  ' ',
  '\0',
  '\u3000',
  '／',
  'evil.example',
  'javascript:',
  'https:',
  'a',
);

describe('safePath', () => {
  it('never leaves the origin, whatever the text, and reading its answer again changes nothing', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const path = safePath(text);
        expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
        expect(path).toMatch(/^\/(?!\/)/);
        expect(safePath(path)).toBe(path);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '/\t/evil.example',
    '/\n/evil.example',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    '/.//',
    '/..//evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    null,
  ])('goes home instead of to %j', (text) => {
    expect(safePath(text)).toBe('/formulas');
  });

  it('keeps a page of ours with what it is asked', () => {
    expect(safePath('/formulas/7?tab=code#top')).toBe('/formulas/7?tab=code#top');
  });
});
