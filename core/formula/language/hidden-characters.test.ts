import { describe, expect, it } from 'vitest';
import { fromJson } from '../json/json.ts';
import { EMPTY_FORMULA } from '../model/formula.ts';
import { hasHidden, withoutHidden } from './hidden-characters.ts';
import { parse } from './parse.ts';

const BAD = ['\u202e', '\u2066', '\u2069', '\u202a', '\0', '\r', '\u0085', '\u2028', '\u2029', '\u001b', '\ud800'];
const show = (text: string) => `U+${text.charCodeAt(0).toString(16)}`;

describe.each(BAD.map((character) => [show(character), character] as const))('%s', (_name, character) => {
  it('is refused in comments and texts of code, with what takes it out', () => {
    for (const code of [
      `# a ${character} b\nx = 1\n`,
      `x = 1 # a ${character} b\n`,
      `buy(when: close > 1, note: "a ${character} b")\n`,
    ]) {
      const { diagnostics } = parse(code);
      const [found] = diagnostics.filter((one) => one.code === 'hidden-character');
      const change = found?.fix && 'change' in found.fix ? found.fix.change : undefined;
      if (!change) throw new Error('a fix');
      const fixed = code.slice(0, change.start) + change.insert + code.slice(change.end);
      expect(parse(fixed).diagnostics).toEqual([]);
    }
  });

  it('is refused in JSON', () => {
    const text = `a${character}b`;
    const node = { block: 'close', args: {} };
    for (const formula of [
      { ...EMPTY_FORMULA, epilogue: text },
      { ...EMPTY_FORMULA, nodes: { n: { ...node, comment: text } } },
      { ...EMPTY_FORMULA, nodes: { n: { ...node, name: text } } },
      { ...EMPTY_FORMULA, nodes: { n: { block: 'info', args: { note: text } } } },
    ]) {
      expect(fromJson(formula)).toMatchObject({ ok: false });
    }
  });
});

it('takes what people write', () => {
  const code = '# שלום \u200f(1) · مرحبا · 👩\u200d💻\tx\r\nx = sma(close, 20)\r\n';
  expect(parse(code).diagnostics).toEqual([]);
  expect([hasHidden('a\n\tb'), withoutHidden('a\u202eb')]).toEqual([false, 'ab']);
});
