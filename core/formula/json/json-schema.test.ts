import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { findBlock } from '../blocks/catalogue.ts';
import { check } from '../check/check.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isRef, type Formula } from '../model/formula.ts';
import { arbitraryFormula, SOME_FEEDS } from '../testing/arbitrary-formula.ts';
import { formulaSchema } from './json-schema.ts';
import { fromJson } from './json.ts';

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(formulaSchema());

const formulas = arbitraryFormula({ feeds: SOME_FEEDS });

/** Whether a formula reads, and its checker finds nothing wrong. */
function isAccepted(json: unknown): boolean {
  const read = fromJson(json);
  return (
    read.ok &&
    check(read.value).diagnostics.every((problem) => problem.severity !== 'error' || isOfWires(problem, read.value))
  );
}

/**
 * Whether an error is one of where wires lead, of which a schema knows nothing: a constant to what looks back, a
 * percentage beside a price to a stop.
 */
function isOfWires({ code, nodeId = '', port = '' }: Diagnostic, { nodes }: Formula): boolean {
  const { args = {}, block = '' } = nodes[nodeId] ?? {};
  const isCrossing = block.startsWith('cross') && Object.values(args).some(isRef);
  return code === 'mixed-level' || (code === 'constant-series' && (isRef(args[port]) || isCrossing));
}

type Change = (json: Draft, at: number) => void;
type Draft = Record<string, unknown> & {
  nodes: Record<string, Record<string, unknown> & { args?: Record<string, unknown> }>;
};

/** A node whose literals no other node depends on. */
const nodeAt = (json: Draft, at: number, fits: (block: string) => boolean = () => true) => {
  const nodes = Object.values(json.nodes).filter(
    ({ block }) => block !== 'input' && block !== 'value' && fits(String(block)),
  );
  return nodes[at % Math.max(1, nodes.length)];
};

/** A literal on some port; ports `any` must agree with one another, of which a schema knows nothing. */
const setLiteral =
  (value: unknown): Change =>
  (json, at) => {
    const node = nodeAt(json, at, (block) => portsOf(block).length > 0);
    const ports = portsOf(String(node?.['block']));
    const port = ports[at % Math.max(1, ports.length)];
    if (node && port) node.args = { ...node.args, [port]: value };
  };

const portsOf = (block: string): string[] =>
  (findBlock(block)?.inputs ?? []).flatMap(({ name, type }) => (type === 'any' ? [] : [name]));

/** What may be wrong with JSON that somebody wrote or a program changed. */
const CHANGES: Readonly<Record<string, Change>> = {
  'another format': (json) => (json['format'] = 'alphaloom/formula@2'),
  'no format': (json) => delete json['format'],
  'no nodes': (json) => Reflect.deleteProperty(json, 'nodes'),
  'a list of nodes': (json) => Object.assign(json, { nodes: Object.values(json.nodes) }),
  'a key of its own': (json) => (json['version'] = 3),
  'a schema named': (json) => (json['$schema'] = 'https://alphaloom.dev/schemas/formula-1.json'),
  'an epilogue that is no text': (json) => (json['epilogue'] = 3),
  'a layout': (json) => (json['layout'] = { a: { x: 1, y: 2.5 } }),
  'a layout of lists': (json) => (json['layout'] = { a: [1, 2] }),
  'an id with a slash': (json) => (json.nodes['a/b'] = { block: 'close' }),
  'an id of digits': (json) => (json.nodes['12'] = { block: 'close' }),
  'an id that is a prototype': (json) =>
    Object.defineProperty(json.nodes, '__proto__', { value: { block: 'close' }, enumerable: true }),
  'an unknown block': (json, at) => Object.assign(nodeAt(json, at) ?? {}, { block: 'smaa' }),
  'no block': (json, at) => Reflect.deleteProperty(nodeAt(json, at) ?? {}, 'block'),
  'a node that is a text': (json) => Object.assign(json.nodes, { extra: 'close' }),
  'a key of a node': (json, at) => Object.assign(nodeAt(json, at) ?? {}, { color: 'red' }),
  'a comment that is no text': (json, at) => Object.assign(nodeAt(json, at) ?? {}, { comment: 3 }),
  'a name': (json, at) =>
    Object.assign(nodeAt(json, at, (block) => findBlock(block)?.kind !== 'action') ?? {}, { name: 'quiteAnother' }),
  'a name that is a word of the language': (json, at) => Object.assign(nodeAt(json, at) ?? {}, { name: 'and' }),
  'a name that is a price': (json, at) => Object.assign(nodeAt(json, at) ?? {}, { name: 'close' }),
  'a name with a space': (json, at) => Object.assign(nodeAt(json, at) ?? {}, { name: 'a b' }),
  'a name of an action': (json, at) =>
    Object.assign(nodeAt(json, at, (block) => findBlock(block)?.kind === 'action') ?? {}, { name: 'go' }),
  'an unknown argument': (json, at) =>
    Object.assign(nodeAt(json, at) ?? {}, { args: { ...nodeAt(json, at)?.args, sourc: 1 } }),
  'a wire with a key of its own': setLiteral({ from: 'g1', port: 'x' }),
  'a wire from nothing': setLiteral({ from: 3 }),
  'a list': setLiteral([1, 2]),
  'an object': setLiteral({}),
  'a text': setLiteral('text'),
  'a condition': setLiteral(true),
  'a percentage': setLiteral('50%'),
  nothing: setLiteral(null),
  'a number': setLiteral(3),
  'a broken number': setLiteral(2.5),
  'a negative number': setLiteral(-7),
  'a large number': setLiteral(1e9),
  'an argument less': (json, at) => {
    const node = nodeAt(json, at, (block) => (findBlock(block)?.inputs.length ?? 0) > 0);
    const ports = Object.keys(node?.args ?? {});
    if (node?.args) Reflect.deleteProperty(node.args, ports[at % Math.max(1, ports.length)] ?? '');
  },
  'an input without a name': (json) =>
    Object.values(json.nodes).forEach((node) =>
      node['block'] === 'input' ? Reflect.deleteProperty(node, 'name') : undefined,
    ),
  'an input of a wire': (json) =>
    Object.values(json.nodes).forEach((node) =>
      node['block'] === 'input' ? (node.args = { ...node.args, step: { from: 'g1' } }) : undefined,
    ),
  'an input of words': (json) =>
    Object.values(json.nodes).forEach((node) =>
      node['block'] === 'input' ? (node.args = { ...node.args, step: 'small' }) : undefined,
    ),
};

describe('the JSON Schema', () => {
  test('that is served is up to date: npm run docs:schema', () => {
    // Compared as a whole: their difference would fill ten thousand lines.
    expect(
      readFileSync('public/schemas/formula-1.json', 'utf8') === `${JSON.stringify(formulaSchema(), null, 1)}\n`,
    ).toBe(true);
  });

  test('accepts every generated formula', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        const json: unknown = JSON.parse(JSON.stringify(formula));
        expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
      }),
      { numRuns: 500 * SCALE },
    );
  });

  test.each(Object.entries(CHANGES))('says of %s what reading and checking say', (_name, change) => {
    fc.assert(
      fc.property(formulas, fc.nat(1000), (formula: Formula, at) => {
        const json: Draft = JSON.parse(JSON.stringify(formula));
        change(json, at);
        expect(validate(json), JSON.stringify([json, validate.errors])).toBe(isAccepted(json));
      }),
      { numRuns: 60 * SCALE },
    );
  });

  test('says of each block what its arguments are', () => {
    const of = (block: string, args: Record<string, unknown>) =>
      validate({ format: 'alphaloom/formula@1', nodes: { a: { block: 'close' }, n: { block, args } } });
    expect(of('sma', { source: { from: 'a' }, timePeriod: 2 })).toBe(true);
    expect(of('sma', { source: { from: 'a' }, timePeriod: 1 })).toBe(false);
    expect(of('sma', { source: { from: 'a' }, timePeriod: 2.5 })).toBe(false);
    expect(of('sma', { timePeriod: 2 })).toBe(false);
    expect(of('stoch', { slowKMaType: 'ema' })).toBe(true);
    expect(of('stoch', { slowKMaType: 'emaa' })).toBe(false);
    expect(of('buy', { when: true, size: '50%', stop: null })).toBe(true);
    expect(of('buy', { when: 1 })).toBe(false);
  });
});
