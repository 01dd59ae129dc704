import { TIMEFRAME_PATTERN } from '#core/market/timeframe.ts';
import { isRequired, mustMove } from '../blocks/catalogue.ts';
import { aliasesOf } from '../blocks/field-names.ts';
import { SCOPE } from '../language/functions.ts';
import { literalType } from '../language/types.ts';
import type { Block, Port } from '../model/block.ts';
import { IN, PERCENT, WIRE, type Schema } from './schema-parts.ts';

/** The schema of the nodes of a block: its arguments with their types, ranges and defaults. */
export function blockSchema(block: Block): Schema {
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
