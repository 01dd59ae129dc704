import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCKS } from '../blocks/catalogue.ts';
import { aliasesOf, customaryOf, portsCalled } from '../blocks/field-names.ts';
import { applyEdits, editsBetween } from '../change/apply-edits.ts';
import { reconcile } from '../change/reconcile.ts';
import { check } from '../check/check.ts';
import { fromJson, toJson } from '../json/json.ts';
import type { Formula } from '../model/formula.ts';
import { contentHash } from './hash.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

function read(code: string): Formula {
  const { formula, diagnostics } = parse(code);
  expect(diagnostics).toEqual([]);
  return formula;
}

const named = BLOCKS.flatMap((block) =>
  block.inputs.flatMap((port) => aliasesOf(block, port.name).map((alias) => ({ block, port, alias }))),
);

describe('other names of arguments', () => {
  it('are kept by the formatter, and mean what the own names mean', () => {
    const code = 'bands = bbands(close, length: 20, mult: 2.5)\nline = macd(close, fast: 12, slow: 26, signal: 9)\n';
    const formula = read(code);
    expect(print(formula)).toBe(code);
    const own = read('bands = bbands(close, 20, 2.5, 2.5)\nline = macd(close, 12, 26, 9)\n');
    expect(contentHash(formula)).toBe(contentHash(own));
    expect(check(formula).warmUps.size).toBe(check(own).warmUps.size);
    expect(fromJson(JSON.parse(toJson(formula)))).toEqual({ ok: true, value: formula });
  });

  it('name no argument that a block calls so itself, and no two ports but those that go together', () => {
    for (const { block, alias } of named) {
      expect(block.inputs.map(({ name }) => name)).not.toContain(alias);
      const together = portsCalled(block, alias).map(({ name }) => name);
      if (together.length > 1) expect([block.name, together]).toEqual(['bbands', ['nbDevUp', 'nbDevDn']]);
    }
  });

  it('of every port there is read as that port, print as they were written, and hash as the port', () => {
    fc.assert(
      fc.property(fc.constantFrom(...named), ({ block, port, alias }) => {
        const value = port.type === 'number' ? '3' : port.type === 'string' ? '"ema"' : 'close';
        const write = (name: string): string => `x = ${block.name}(${name}: ${value})\n`;
        const [other, own] = [read(write(alias)), read(write(port.name))];
        expect(print(other)).toBe(write(alias));
        if (portsCalled(block, alias).length === 1) expect(contentHash(other)).toBe(contentHash(own));
      }),
      { numRuns: named.length * 2 },
    );
  });

  it('given twice are said, and unknown ones are as before', () => {
    expect(parse('x = sma(close, length: 3, period: 4)').diagnostics).toMatchObject([{ code: 'argument-twice' }]);
    expect(parse('x = bbands(close, mult: 3, nbDevDn: 4)').diagnostics).toMatchObject([{ code: 'argument-twice' }]);
    expect(parse('x = sma(close, mult: 4)').diagnostics).toMatchObject([{ code: 'unknown-argument' }]);
  });

  it('that differ by now are written by the ports’ own names, and change nothing when that is read', () => {
    const formula = read('x = bbands(close, mult: 2)\n');
    const [id] = Object.entries(formula.nodes).find(([, { name }]) => name === 'x') ?? [''];
    const changed = applyEdits(formula, [{ type: 'setArg', id, port: 'nbDevUp', arg: 3 }]);
    expect(print(changed)).toBe('x = bbands(close, nbDevUp: 3, nbDevDn: 2)\n');
    expect(
      editsBetween(
        changed,
        reconcile(changed, read(print(changed)), () => 'fresh'),
      ),
    ).toEqual([]);
  });

  it('that are written in place of one another are one edit, which changes no argument', () => {
    const formula = read('x = sma(close, length: 3)\nbuy(when: close > x)\n');
    const written = reconcile(formula, read('x = sma(close, window: 3)\nbuy(when: close > x)\n'), () => 'fresh');
    expect(editsBetween(formula, written)).toMatchObject([{ type: 'setWords', words: { timePeriod: 'window' } }]);
  });
});

describe('defaults of the field', () => {
  it('are of ports that there are, and leave what is written without them as it was', () => {
    for (const block of BLOCKS)
      for (const port of Object.keys(customaryOf(block))) expect(block.inputs.map(({ name }) => name)).toContain(port);
    expect(BLOCKS.find(({ name }) => name === 'bbands')?.inputs[1]?.default).toBe(5);
    expect([...check(read('x = bbands(close)\n')).warmUps.values()]).toEqual([4, 0].sort((a, b) => a - b));
  });
});
