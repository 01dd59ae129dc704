import type { Call, Expansion } from '../functions/expand.ts';
import { functionsOf, resultName, SCOPE } from '../language/functions.ts';
import type { GivenType } from '../language/types.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { argOf, isRef, nodeOf, type Formula, type NodeId } from '../model/formula.ts';
import { isStandIn } from './stand-ins.ts';

/** What is said of a call as a statement, not of what the function makes of it. */
const OF_STATEMENTS: ReadonlySet<string> = new Set(['unused', 'reserved', 'duplicate-name', 'action-name']);

/**
 * What is said of an expanded formula, at the nodes that are written: in the function, or, where the function was given
 * the value, at the call. Said of several calls alike, it is said once.
 */
export function whereWritten(formula: Formula, expansion: Expansion, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const said = new Set<string>();
  const used = usedIn(formula);
  return diagnostics.flatMap((diagnostic) => {
    const place = placeOf(formula, expansion, diagnostic);
    // Of a call with several results another one may be used.
    if (!place || (place.code === 'unused' && used.has(place.nodeId ?? ''))) return [];
    const key = JSON.stringify([place.nodeId, place.port, place.code, place.message]);
    if (said.has(key)) return [];
    said.add(key);
    return [place];
  });
}

function usedIn(formula: Formula): ReadonlySet<NodeId> {
  const used = new Set<NodeId>();
  for (const { args } of Object.values(formula.nodes))
    for (const [port, arg] of Object.entries(args)) if (isRef(arg) && port !== SCOPE) used.add(arg.from);
  return used;
}

function placeOf(formula: Formula, { origins }: Expansion, diagnostic: Diagnostic): Diagnostic | null {
  const { nodeId = '', port, code } = diagnostic;
  // Circles are looked for among the nodes that are written.
  const origin = origins.get(nodeId);
  if (code === 'cycle' || (isStandIn(nodeId) && !origin)) return null;
  const isWritten = nodeOf(formula, nodeId) !== undefined;
  if (!origin?.call || (isWritten && OF_STATEMENTS.has(code))) return diagnostic;
  const idle = isIdle(origin.call);
  if (idle && diagnostic.severity === 'warning') return null;
  const { fix: _fix, ...said } = diagnostic;
  const blamed = port === undefined ? null : givenBy(formula, origin.call, { id: origin.id, port });
  if (blamed && isStandIn(blamed.id)) return null;
  // What is not given is said of the call.
  if (blamed && code === 'missing-argument') return null;
  if (blamed)
    return { ...said, nodeId: blamed.id, port: blamed.port, message: within(formula, origin.call, said.message) };
  const name = nodeOf(formula, origin.id)?.name;
  // Without a name it is used where the function says so, and only not in this call.
  if (code === 'unused')
    return name === undefined ? null : { ...said, nodeId: origin.id, message: `Nobody uses \`${name}\`.` };
  return { ...said, nodeId: origin.id, message: within(formula, origin.call, said.message) };
}

const within = (formula: Formula, { callee }: Call, message: string): string =>
  `In \`${nodeOf(formula, callee)?.name ?? ''}\`: ${message}`;

const isIdle = (call: Call): boolean => isStandIn(call.at) || (call.within !== undefined && isIdle(call.within));

interface Place {
  readonly id: NodeId;
  readonly port: string;
}

/**
 * The argument of a call that is what a node of the function takes; null where the function itself says what it takes.
 */
function givenBy(formula: Formula, call: Call, { id, port }: Place): Place | null {
  const node = nodeOf(formula, id);
  const arg = node && argOf(node, port);
  const param = isRef(arg) ? nodeOf(formula, arg.from) : undefined;
  if (
    !isRef(arg) ||
    param?.block !== 'param' ||
    functionsOf(formula).get(call.callee)?.params.includes(arg.from) !== true
  )
    return null;
  const own = { id: call.at, port: param.name ?? '' };
  if (isStandIn(call.at)) return own;
  // Where the call says nothing, the default does.
  const caller = nodeOf(formula, call.at);
  if ((caller && argOf(caller, own.port)) === undefined && param.args['default'] !== undefined)
    return { id: arg.from, port: 'default' };
  return (call.within && givenBy(formula, call.within, own)) ?? own;
}

type Types = ReadonlyMap<NodeId, Readonly<Record<string, GivenType>>>;

/** Calls give what their results are. */
export function withResultTypes(formula: Formula, { formula: plain, origins }: Expansion, types: Types): Types {
  const all = new Map(types);
  for (const [id, { call }] of origins) {
    if (!call || call.id !== id) continue;
    const [type] = Object.values(types.get(id) ?? {});
    const results = functionsOf(formula).get(call.callee)?.results ?? [];
    const given = results.flatMap((result, index): [string, GivenType][] => {
      const node = nodeOf(formula, result);
      const x = node?.args['x'];
      const inner = isRef(x) ? types.get(`${id}.${x.from}`) : undefined;
      const own = new Map(Object.entries(inner ?? {}));
      const known = index === 0 ? type : isRef(x) && x.output !== undefined ? own.get(x.output) : [...own.values()][0];
      return node && known ? [[resultName(node), known]] : [];
    });
    all.set(id, { ...Object.fromEntries(given), ...(plain.nodes[id] && type ? { value: type } : {}) });
  }
  return all;
}
