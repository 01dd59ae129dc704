import { TIMEFRAME_PATTERN } from '#core/market/timeframe.ts';
import { BARE_NAMES, BLOCKS, isRequired, mustMove } from '../blocks/catalogue.ts';
import { aliasesOf } from '../blocks/field-names.ts';
import { CALLEE, FUNCTION_BLOCKS, SCOPE, type FunctionBlock } from '../language/functions.ts';
import { RESERVED } from '../language/syntax.ts';
import { literalType } from '../language/types.ts';
import { ANNOTATION_COLORS, LONGEST_NOTE, LONGEST_TITLE, MOST_ANNOTATIONS } from '../model/annotations.ts';
import type { Block, Port } from '../model/block.ts';
import { FORMULA_FORMAT, MOST_NODES } from '../model/formula.ts';
import { NODE_ID } from '../model/node-id.ts';

type Schema = Readonly<Record<string, unknown>>;

const WIRE: Schema = { $ref: '#/$defs/wire' };
const PERCENT: Schema = { $ref: '#/$defs/percent' };
const IN: Schema = { $ref: '#/$defs/wire', description: 'The function that the node is part of.' };

/**
 * The JSON Schema (draft 2020-12) of `alphaloom/formula@1`, derived from the catalogue. What it accepts reads without a
 * problem, and its literals are of the types and in the ranges that the checker asks for. It can't know where wires
 * lead: that is left to the checker.
 */
export const formulaSchema = (): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://alphaloom.dev/schemas/formula-1.json',
  title: 'Alphaloom formula',
  description: 'One trading strategy: nodes by their ids. A wire is the argument of the node that it enters.',
  type: 'object',
  additionalProperties: false,
  required: ['format', 'nodes'],
  properties: {
    $schema: { type: 'string' },
    format: { const: FORMULA_FORMAT },
    nodes: {
      type: 'object',
      maxProperties: MOST_NODES,
      propertyNames: { pattern: NODE_ID.source },
      additionalProperties: { $ref: '#/$defs/node' },
    },
    layout: {
      description: 'Where nodes stand on the canvas. Never changes meaning.',
      type: 'object',
      additionalProperties: { $ref: '#/$defs/point' },
    },
    frames: {
      description: 'Named groups on the canvas, by id. Never change meaning.',
      type: 'object',
      maxProperties: MOST_ANNOTATIONS,
      propertyNames: { pattern: NODE_ID.source },
      additionalProperties: annotation({
        title: { type: 'string', maxLength: LONGEST_TITLE },
        folded: { type: 'array', maxItems: MOST_NODES, items: { type: 'string' } },
      }),
    },
    notes: {
      description: 'Texts on the canvas, by id. Never change meaning.',
      type: 'object',
      maxProperties: MOST_ANNOTATIONS,
      propertyNames: { pattern: NODE_ID.source },
      additionalProperties: annotation({ text: { type: 'string', maxLength: LONGEST_NOTE } }),
    },
    epilogue: { description: 'The comment behind the last statement.', type: 'string' },
  },
  $defs: {
    node: {
      type: 'object',
      required: ['block'],
      properties: { block: { enum: NAMES } },
      allOf: NAMES.map((name) => ({
        if: { properties: { block: { const: name } } },
        then: { $ref: `#/$defs/${name}` },
      })),
    },
    wire: {
      description: 'The value of another node, or of one of its outputs.',
      type: 'object',
      additionalProperties: false,
      required: ['from'],
      properties: { from: { type: 'string' }, output: { type: 'string' } },
    },
    point: {
      type: 'object',
      additionalProperties: false,
      required: ['x', 'y'],
      properties: { x: { type: 'number' }, y: { type: 'number' } },
    },
    name: {
      description: 'What code calls it.',
      type: 'string',
      pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
      not: { enum: [...RESERVED, ...BARE_NAMES].sort() },
    },
    percent: {
      description: 'A percentage: "50%" is 0.5.',
      type: 'string',
      pattern: '^-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?%$',
    },
    ...Object.fromEntries(BLOCKS.map((block) => [block.name, blockSchema(block)])),
    ...FUNCTION_SCHEMAS,
  },
});

/** All properties are required but `folded` and `in`. */
function annotation(own: Schema): Schema {
  const properties = {
    x: { type: 'number' },
    y: { type: 'number' },
    width: { type: 'number', exclusiveMinimum: 0 },
    height: { type: 'number', exclusiveMinimum: 0 },
    color: { enum: ANNOTATION_COLORS },
    in: { description: 'The function in whose graph it is drawn.', type: 'string', pattern: NODE_ID.source },
    ...own,
  };
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties).filter((name) => name !== 'folded' && name !== 'in'),
    properties,
  };
}

function blockSchema(block: Block): Schema {
  const required = block.inputs.filter(isRequired).map(({ name }) => name);
  const args = {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    ...movingOf(block),
    properties: {
      ...(block.kind === 'action' || block.kind === 'input' ? {} : { [SCOPE]: IN }),
      ...Object.fromEntries(
        block.inputs.map((port) => [
          port.name,
          {
            description: port.help,
            ...(block.kind === 'input' ? inputArgument(port) : argument(port, block)),
            ...defaultOf(port),
          },
        ]),
      ),
    },
  };
  return {
    description: `${block.title}. ${block.help}`,
    type: 'object',
    additionalProperties: false,
    required: ['block', ...(block.kind === 'input' ? ['name'] : []), ...(required.length > 0 ? ['args'] : [])],
    properties: {
      block: { const: block.name },
      ...(block.kind === 'action' ? {} : { name: { $ref: '#/$defs/name' } }),
      comment: { type: 'string' },
      spaced: { description: 'A blank line stands above it in code.', const: true },
      muted: { description: 'An action does nothing; another node gives what enters it.', const: true },
      args,
      ...wordsSchema(block),
    },
  };
}

const NAMES: readonly string[] = [...BLOCKS.map(({ name }) => name), ...FUNCTION_BLOCKS];

/** A part of a function: `args` without the wire to the function. */
const part = (description: string, args: Record<string, Schema>, required: readonly string[]): Schema => ({
  description,
  type: 'object',
  additionalProperties: false,
  required: ['block', 'args', ...required],
  properties: {
    block: { type: 'string' },
    name: { $ref: '#/$defs/name' },
    comment: { type: 'string' },
    spaced: { const: true },
    muted: { const: true },
    args: {
      type: 'object',
      required: [SCOPE, ...Object.keys(args).filter((port) => port === 'x')],
      additionalProperties: false,
      properties: { [SCOPE]: IN, ...args },
    },
  },
});

const FUNCTION_SCHEMAS: Readonly<Record<FunctionBlock, Schema>> = {
  fn: {
    description: 'A function. What it is made of is wired to it by the argument `in`.',
    type: 'object',
    additionalProperties: false,
    required: ['block', 'name'],
    properties: {
      block: { const: 'fn' },
      name: { $ref: '#/$defs/name' },
      comment: { type: 'string' },
      spaced: { const: true },
      muted: { const: true },
      args: { type: 'object', additionalProperties: false },
    },
  },
  param: part('A parameter of a function.', { default: { type: ['number', 'string', 'boolean', 'null'] } }, ['name']),
  result: part(
    'What a function gives.',
    { x: { anyOf: [WIRE, { type: ['number', 'string', 'boolean', 'null'] }] } },
    [],
  ),
  call: {
    description: 'A call of a function: `fn` is the function, and each other argument that of a parameter.',
    type: 'object',
    additionalProperties: false,
    required: ['block', 'args'],
    properties: {
      block: { const: 'call' },
      name: { $ref: '#/$defs/name' },
      comment: { type: 'string' },
      spaced: { const: true },
      muted: { const: true },
      args: {
        type: 'object',
        required: [CALLEE],
        propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
        properties: { [CALLEE]: WIRE, [SCOPE]: IN },
        additionalProperties: { anyOf: [WIRE, { type: ['number', 'string', 'boolean', 'null'] }] },
      },
    },
  },
};

/** What code calls arguments otherwise. */
function wordsSchema(block: Block): Record<string, Schema> {
  const ports = block.inputs.flatMap(({ name }) => {
    const aliases = aliasesOf(block, name);
    return aliases.length > 0 ? [[name, { enum: aliases }] as const] : [];
  });
  return ports.length === 0
    ? {}
    : {
        words: {
          description: 'What code calls arguments otherwise than their ports are called.',
          type: 'object',
          additionalProperties: false,
          properties: Object.fromEntries(ports),
        },
      };
}

/** Of two series that cross one another one must move. */
function movingOf({ kind, inputs }: Block): Schema {
  const isEither =
    kind === 'kernel' &&
    inputs.length > 1 &&
    inputs.every(({ type, mayStandStill }) => type === 'series<number>' && mayStandStill === true);
  return isEither ? { anyOf: inputs.map(({ name }) => ({ properties: { [name]: WIRE } })) } : {};
}
const TIMEFRAME: Schema = { type: 'string', pattern: TIMEFRAME_PATTERN };

const defaultOf = ({ default: fallback }: Port): Schema => (fallback === undefined ? {} : { default: fallback });

/**
 * What a port takes: a wire, or a literal of its type within its range. What is looked back over is never a literal.
 */
function argument(port: Port, block: Block): Schema {
  if (mustMove(block, port)) return WIRE;
  const literals: Schema[] = [];
  if (accepts(port, 0)) literals.push(range(port));
  if (literalType('1%', port.type) === 'percent' && !port.integer) literals.push(PERCENT);
  if (accepts(port, true)) literals.push({ type: 'boolean' });
  if (accepts(port, 'text') && !(port.type === 'any' && block.kind === 'kernel'))
    literals.push(port.format === 'timeframe' ? TIMEFRAME : port.options ? { enum: port.options } : { type: 'string' });
  if (accepts(port, null)) literals.push({ type: 'null' });
  return { anyOf: [WIRE, ...literals] };
}

/** A constant may be missing only where that says something. */
function accepts({ type, default: fallback }: Port, literal: number | string | boolean | null): boolean {
  const isConstant = type === 'number' || type === 'bool' || type === 'string';
  return literalType(literal, type) !== null && (literal !== null || !isConstant || fallback === null);
}

const range = ({ min, max, integer }: Port): Schema => ({
  type: integer ? 'integer' : 'number',
  ...(min === undefined ? {} : { minimum: min }),
  ...(max === undefined ? {} : { maximum: max }),
});

const PLAIN: Schema = { type: ['number', 'string', 'boolean'] };

/** An input is made of literals alone. */
function inputArgument({ name }: Port): Schema {
  if (name === 'value') return PLAIN;
  if (name === 'options') return { anyOf: [{ type: 'array', items: PLAIN }, { type: 'null' }] };
  return { anyOf: [{ type: 'number' }, PERCENT, { type: 'null' }] };
}
