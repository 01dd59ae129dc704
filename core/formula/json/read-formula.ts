import type { Result } from '#core/result/result.ts';
import { BLOCKS, findBlock } from '../blocks/catalogue.ts';
import { aliasesOf } from '../blocks/field-names.ts';
import { FUNCTION_PORTS, isFunctionBlock, SCOPE, type FunctionBlock } from '../language/functions.ts';
import { hasHidden, HIDDEN_MESSAGE } from '../language/hidden-characters.ts';
import { MOST_PROBLEMS } from '../language/problems.ts';
import { didYouMean } from '../language/suggest.ts';
import type { Block } from '../model/block.ts';
import {
  EMPTY_FORMULA,
  FLAGS,
  flagsOf,
  FORMULA_FORMAT,
  MOST_NODES,
  type Arg,
  type Formula,
  type FormulaNode,
  type Literal,
  type NodeId,
  type Point,
} from '../model/formula.ts';
import { NODE_ID } from '../model/node-id.ts';
import { isPortName } from '../model/port-name.ts';
import { readAll, readFrame, readNote } from './annotations.ts';
import { readBends } from './bends.ts';

/** The keys that lead to a part of the JSON. */
export type Path = readonly string[];

export interface PathProblem {
  readonly path: Path;
  readonly message: string;
}

/** What can be read of a formula, and what is wrong with the rest, with its path. Never throws. */
export function readFormula(value: unknown): { readonly formula: Formula; readonly problems: readonly PathProblem[] } {
  const reader = new FormulaReader();
  return { formula: reader.formula(value), problems: reader.problems };
}

class FormulaReader {
  readonly problems: PathProblem[] = [];

  formula(value: unknown): Formula {
    if (!isObject(value)) return this.#refuse([], 'This is not a formula: a JSON object belongs here.', EMPTY_FORMULA);
    const { format, nodes, layout, epilogue, frames, notes, bends } = value;
    if (format !== FORMULA_FORMAT) {
      const found = typeof format === 'string' ? `"${format}"` : 'none';
      return this.#refuse(['format'], `The format is ${found}; this version reads "${FORMULA_FORMAT}".`, EMPTY_FORMULA);
    }
    if (value['$schema'] !== undefined && typeof value['$schema'] !== 'string')
      this.#problem(['$schema'], 'is a text.');
    for (const key of Object.keys(value))
      if (!['$schema', 'format', 'nodes', 'layout', 'epilogue', 'frames', 'notes', 'bends'].includes(key))
        this.#problem([key], 'is no part of a formula.');
    if (epilogue !== undefined && typeof epilogue !== 'string') this.#problem(['epilogue'], 'is a text.');
    this.#look(epilogue, ['epilogue']);
    const known = this.#nodes(nodes);
    return {
      format: FORMULA_FORMAT,
      nodes: known,
      ...(layout === undefined ? {} : { layout: this.#layout(layout) }),
      ...(typeof epilogue === 'string' ? { epilogue } : {}),
      ...(frames === undefined ? {} : { frames: this.#annotations('frames', frames, readFrame) }),
      ...(notes === undefined ? {} : { notes: this.#annotations('notes', notes, readNote) }),
      ...(bends === undefined ? {} : this.#bends(bends, known)),
    };
  }

  #problem(path: Path, message: string | (() => string)): void {
    if (this.problems.length < MOST_PROBLEMS)
      this.problems.push({ path, message: typeof message === 'string' ? message : message() });
  }

  #look(value: unknown, path: Path): void {
    if (typeof value === 'string' && hasHidden(value)) this.#problem(path, HIDDEN_MESSAGE);
  }

  #refuse<T>(path: Path, message: string | (() => string), instead: T): T {
    this.#problem(path, message);
    return instead;
  }

  #nodes(value: unknown): Record<NodeId, FormulaNode> {
    if (!isObject(value)) return this.#refuse(['nodes'], 'is an object of nodes by their ids.', {});
    const entries = Object.entries(value);
    if (entries.length > MOST_NODES)
      return this.#refuse(
        ['nodes'],
        `has ${entries.length.toLocaleString('en')} nodes; a formula may have ${MOST_NODES.toLocaleString('en')}.`,
        {},
      );
    return Object.fromEntries(
      entries.flatMap(([id, node]) => {
        if (!NODE_ID.test(id))
          this.#problem(['nodes', id], 'is no id: up to 64 letters, digits, _ and -, and not digits alone.');
        const read = this.#node(node, ['nodes', id], value);
        return read ? [[id, read]] : [];
      }),
    );
  }

  #node(value: unknown, path: Path, nodes: Readonly<Record<string, unknown>>): FormulaNode | null {
    if (!isObject(value)) return this.#refuse(path, 'is an object with a block.', null);
    const { block: name, name: given, comment, args = {} } = value;
    for (const key of Object.keys(value))
      if (!NODE_KEYS.has(key)) this.#problem([...path, key], 'is no part of a node.');
    if (given !== undefined && typeof given !== 'string') this.#problem([...path, 'name'], 'is a text.');
    if (comment !== undefined && typeof comment !== 'string') this.#problem([...path, 'comment'], 'is a text.');
    for (const flag of FLAGS)
      if (value[flag] !== undefined && value[flag] !== true) this.#problem([...path, flag], 'is true, or left out.');
    if (name === 'param' && typeof given === 'string' && !isPortName(given))
      this.#problem([...path, 'name'], 'is no name of a parameter.');
    this.#look(given, [...path, 'name']);
    this.#look(comment, [...path, 'comment']);
    if (typeof name !== 'string') return this.#refuse([...path, 'block'], 'names the block; it is missing.', null);
    const block = findBlock(name) ?? (isFunctionBlock(name) ? shapeOf(name) : undefined);
    const ports = block?.inputs.map((port) => port.name);
    if (!block || !ports)
      return this.#refuse(
        [...path, 'block'],
        () =>
          `There is no block "${name}".${didYouMean(
            name,
            BLOCKS.map((block) => block.name),
          )}`,
        null,
      );
    if (!isObject(args)) return this.#refuse([...path, 'args'], 'is an object of arguments by port.', null);
    const read = Object.entries(args).flatMap(([port, arg]): [string, Arg][] => {
      const at = [...path, 'args', port];
      const isFree = port === SCOPE || (name === 'call' && isPortName(port));
      if (!ports.includes(port) && !isFree)
        this.#problem(at, () => `"${name}" has no argument "${port}".${didYouMean(port, ports)}`);
      const known = this.#arg(arg, at, nodes);
      return known === undefined ? [] : [[port, known]];
    });
    return {
      block: name,
      ...(typeof given === 'string' ? { name: given } : {}),
      ...(typeof comment === 'string' ? { comment } : {}),
      ...flagsOf(value),
      args: Object.fromEntries(read),
      ...this.#words(block, value['words'], [...path, 'words']),
    };
  }

  #words(block: Pick<Block, 'name' | 'inputs' | 'syntax'>, value: unknown, path: Path): Pick<FormulaNode, 'words'> {
    if (value === undefined) return {};
    if (!isObject(value)) return this.#refuse(path, 'is an object of names by port.', {});
    const words = Object.entries(value).flatMap(([port, word]): [string, string][] => {
      const known = aliasesOf(block, port);
      if (typeof word === 'string' && known.includes(word)) return [[port, word]];
      const others = known.length === 0 ? 'has no other name' : `has the names ${known.join(', ')}`;
      return this.#refuse([...path, port], `"${port}" of "${block.name}" ${others}.`, []);
    });
    return { words: Object.fromEntries(words) };
  }

  #arg(arg: unknown, path: Path, nodes: Readonly<Record<string, unknown>>): Arg | undefined {
    // Zero has no sign.
    if (typeof arg === 'number')
      return Number.isFinite(arg) ? arg + 0 : this.#refuse(path, 'is a finite number.', undefined);
    if (isLiteral(arg)) {
      for (const part of Array.isArray(arg) ? arg : [arg]) this.#look(part, path);
      return arg;
    }
    if (!isWire(arg))
      return this.#refuse(
        path,
        'is a number, a text, true, false, null or {"from": node, "output"?: name}.',
        undefined,
      );
    return Object.hasOwn(nodes, arg.from) ? arg : this.#refuse(path, `There is no node "${arg.from}".`, undefined);
  }

  #layout(value: unknown): Record<NodeId, Point> {
    if (!isObject(value)) return this.#refuse(['layout'], 'is an object of points by node.', {});
    return Object.fromEntries(
      Object.entries(value).flatMap(([id, point]) => {
        if (isObject(point) && isCoordinate(point['x']) && isCoordinate(point['y']) && Object.keys(point).length === 2)
          return [[id, { x: point['x'], y: point['y'] }]];
        return this.#refuse(['layout', id], 'is a point {"x": number, "y": number}.', []);
      }),
    );
  }

  #bends(value: unknown, nodes: Formula['nodes']): Pick<Formula, 'bends'> {
    const { known, problems } = readBends(value, nodes);
    for (const { path, message } of problems) this.#problem(path, message);
    return known;
  }

  #annotations<T>(
    part: 'frames' | 'notes',
    value: unknown,
    read: (value: unknown) => Result<T, string>,
  ): Record<string, T> {
    const { known, problems } = readAll(part, value, read);
    for (const { path, message } of problems) this.#problem(path, message);
    return known;
  }
}

const shapeOf = (name: FunctionBlock): Pick<Block, 'name' | 'inputs'> => ({
  name,
  inputs: FUNCTION_PORTS[name].map((port) => ({ name: port, type: 'any', help: '' })),
});

const NODE_KEYS: ReadonlySet<string> = new Set(['block', 'name', 'comment', ...FLAGS, 'args', 'words']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCoordinate = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isPlain = (value: unknown): value is number | boolean | string =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
const isLiteral = (value: unknown): value is Literal =>
  value === null || isPlain(value) || (Array.isArray(value) && value.every(isPlain));
const isWire = (value: unknown): value is { from: string; output?: string } =>
  isObject(value) &&
  typeof value['from'] === 'string' &&
  (value['output'] === undefined || typeof value['output'] === 'string') &&
  Object.keys(value).every((key) => key === 'from' || key === 'output');
