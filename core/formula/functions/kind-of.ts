import { findBlock, findOutput } from '../blocks/catalogue.ts';
import { calleeOf, functionsOf, resultName } from '../language/functions.ts';
import { isPercent } from '../language/literal.ts';
import { argOf, isRef, nodeOf, type Arg, type Formula, type Literal, type NodeId } from '../model/formula.ts';

/** A call as it is written, and the call in which it stands. */
export interface Calling {
  readonly at: NodeId;
  readonly within?: Calling;
}

type Kind = 'number' | 'bool';

/** What an argument is, as far as its wires say. */
interface Nature {
  /** Null of what is neither, or is not known. */
  readonly kind: Kind | null;
  /** Whether it is something else at every bar; what is written, and an input, is not. */
  readonly moves: boolean;
}

/** Longer ways are not followed: among them are those that go round. */
const MOST_STEPS = 100;

const UNKNOWN: Nature = { kind: null, moves: false };

/**
 * What an argument is that is written outside of functions, or in the function of a call, with what the call gives for
 * its parameters.
 */
export function natureOf(formula: Formula, arg: Arg | undefined, call: Calling | undefined, steps = 0): Nature {
  if (arg === undefined || steps > MOST_STEPS) return UNKNOWN;
  if (!isRef(arg)) return { kind: kindOfLiteral(arg), moves: false };
  const node = nodeOf(formula, arg.from);
  if (!node) return UNKNOWN;
  const of = (other: Arg | undefined, where: Calling | undefined): Nature => natureOf(formula, other, where, steps + 1);
  if (node.block === 'param') {
    const caller = nodeOf(formula, call?.at ?? '');
    const given = caller && argOf(caller, node.name ?? '');
    return given === undefined ? of(node.args['default'], undefined) : of(given, call?.within);
  }
  if (node.block === 'call') {
    const results = functionsOf(formula).get(calleeOf(formula, node) ?? '')?.results ?? [];
    const result = results.find((id) => {
      const known = nodeOf(formula, id);
      return known && (arg.output === undefined || resultName(known) === arg.output);
    });
    const inner = { at: arg.from, ...(call ? { within: call } : {}) };
    return of(nodeOf(formula, result ?? '')?.args['x'], inner);
  }
  const block = findBlock(node.block);
  if (block?.kind === 'input') return of(node.args['value'], undefined);
  if (block?.kind === 'value') return of(node.args['x'], call);
  switch (block && findOutput(block, arg.output)?.type) {
    case 'series<number>':
      return { kind: 'number', moves: true };
    case 'series<bool>':
      return { kind: 'bool', moves: true };
    case 'any': {
      const kinds = block?.inputs.flatMap(({ name, type }) =>
        type === 'any' ? (of(node.args[name], call).kind ?? []) : [],
      );
      return { kind: kinds?.[0] ?? null, moves: true };
    }
    default:
      return UNKNOWN;
  }
}

function kindOfLiteral(literal: Literal): Kind | null {
  if (typeof literal === 'boolean') return 'bool';
  return typeof literal === 'number' || isPercent(literal) ? 'number' : null;
}
