import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { expect, test } from 'vitest';
import { commentWidth } from './comment-width.mjs';

const config: Linter.Config = {
  files: ['**/*.ts'],
  languageOptions: { parser },
  plugins: { house: { rules: { 'comment-width': commentWidth } } },
  rules: { 'house/comment-width': 'error' },
};

const fixed = (code: string): string => new Linter().verifyAndFix(code, [config], 'file.ts').output;
const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

test('a long comment is broken, says the same words, and is left alone then', () => {
  const code = `/** ${words(60)} */\nconst a = 1;\n  // ${words(40)}\n  // ${words(3)}\nconst b = 2;\n`;
  const once = fixed(code);
  expect(Math.max(...once.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
  expect(once.match(/word\d+/g)).toEqual(code.match(/word\d+/g));
  expect(once.replaceAll(/^\s*(\/\/|\/?\*+\/?).*$/gm, '').trim()).toMatch(/^const a = 1;\s+const b = 2;$/);
  expect(fixed(once)).toBe(once);
});

test('lists, tables, addresses, code and short comments stay as they are', () => {
  const kept = [
    `/**\n * ${words(5)}\n * - ${words(30)}\n * | ${words(30)}\n *\n * ${words(3)}\n */`,
    `// https://example.org/${'a'.repeat(120)}`,
    `const a = 1; // ${words(30)}`,
    `const text = '// ${words(30)}';`,
    '// one\n// two',
  ];
  for (const code of kept) expect(fixed(`${code}\n`)).toBe(`${code}\n`);
});
