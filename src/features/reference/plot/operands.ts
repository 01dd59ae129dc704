import type { Checked } from '#core/formula/check/check.ts';
import { createNodePrinter } from '#core/formula/language/print.ts';
import { isRef, type Formula, type NodeId, type Ref } from '#core/formula/model/formula.ts';

/** A series that a condition looks at. */
export interface Operand {
  readonly id: NodeId;
  readonly output: string;
  /** As code writes it. */
  readonly label: string;
}

/** Drawn anyhow, as candles. */
const CANDLES = new Set(['open', 'high', 'low', 'close']);

/** The numbers behind the conditions of these nodes, each once: what crosses what, what is compared with what. */
export function operandsOf(
  formula: Formula,
  { types, constants }: Pick<Checked, 'types' | 'constants'>,
  roots: readonly NodeId[],
): Operand[] {
  const print = createNodePrinter(formula);
  const found = new Map<string, Operand>();
  const outputOf = ({ from, output }: Ref): string => output ?? Object.keys(types.get(from) ?? {})[0] ?? '';
  const isBool = (wire: Ref): boolean => types.get(wire.from)?.[outputOf(wire)] === 'series<bool>';
  const isNumber = (wire: Ref): boolean =>
    ['series<number>', 'series<percent>'].includes(types.get(wire.from)?.[outputOf(wire)] ?? '');
  const visit = (id: NodeId, isCondition: boolean): void => {
    for (const arg of Object.values(formula.nodes[id]?.args ?? {})) {
      if (!isRef(arg) || constants.has(arg.from)) continue;
      const block = formula.nodes[arg.from]?.block ?? '';
      const label = arg.output === undefined ? print(arg.from) : `${print(arg.from)}.${arg.output}`;
      if (isBool(arg)) visit(arg.from, true);
      else if (isCondition && !CANDLES.has(block) && isNumber(arg))
        found.set(label, { id: arg.from, output: outputOf(arg), label });
    }
  };
  for (const root of roots) visit(root, Object.values(types.get(root) ?? {}).includes('series<bool>'));
  return [...found.values()];
}
