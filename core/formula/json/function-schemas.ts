import { CALLEE, SCOPE, type FunctionBlock } from '../language/functions.ts';
import { IN, WIRE, type Schema } from './schema-parts.ts';

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

/** What functions are made of: no block of the catalogue, so nothing to derive a schema from. */
export const FUNCTION_SCHEMAS: Readonly<Record<FunctionBlock, Schema>> = {
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
