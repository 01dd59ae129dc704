import { BARE_NAMES, BLOCKS } from '../blocks/catalogue.ts';
import { FUNCTION_BLOCKS } from '../language/functions.ts';
import { RESERVED } from '../language/syntax.ts';
import { ANNOTATION_COLORS, LONGEST_NOTE, LONGEST_TITLE, MOST_ANNOTATIONS } from '../model/annotations.ts';
import { MOST_BENDS } from '../model/bends.ts';
import { FORMULA_FORMAT, MOST_NODES } from '../model/formula.ts';
import { NODE_ID } from '../model/node-id.ts';
import { blockSchema } from './block-schema.ts';
import { FUNCTION_SCHEMAS } from './function-schemas.ts';
import type { Schema } from './schema-parts.ts';

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
    bends: {
      description: 'Points that wires are led through, by "node/port". Never change meaning.',
      type: 'object',
      additionalProperties: { type: 'array', minItems: 1, maxItems: MOST_BENDS, items: { $ref: '#/$defs/point' } },
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

const NAMES: readonly string[] = [...BLOCKS.map(({ name }) => name), ...FUNCTION_BLOCKS];
