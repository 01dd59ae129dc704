import type { Repair } from '#collab/repair.ts';
import type { Checked } from '#core/formula/check/check.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';

export const CUT_WIRE = 'cut-wire';

/**
 * Says at its node, on the canvas and in the code, that a wire is set aside since it closes a circle with a
 * colleague's: without it an argument seems to be missing that somebody has given. The document keeps the wire, so it
 * is there again once the circle is open.
 */
export function addCutWireProblems(checked: Checked, formula: Formula, repairs: readonly Repair[]): Checked {
  const cut = repairs.flatMap((repair): Diagnostic[] =>
    repair.kind === 'cutWire' ? [problemOf(formula, repair)] : [],
  );
  if (cut.length === 0) return checked;
  const isCut = ({ code, nodeId, port }: Diagnostic): boolean =>
    code === 'missing-argument' && cut.some((one) => one.nodeId === nodeId && one.port === port);
  return { ...checked, diagnostics: [...cut, ...checked.diagnostics.filter((problem) => !isCut(problem))] };
}

function problemOf(formula: Formula, { nodeId, port, from }: Extract<Repair, { kind: 'cutWire' }>): Diagnostic {
  const nameOf = (id: NodeId): string => nodeOf(formula, id)?.name ?? nodeOf(formula, id)?.block ?? id;
  return {
    code: CUT_WIRE,
    severity: 'error',
    nodeId,
    port,
    message: `The wire from \`${nameOf(from)}\` into \`${port}\` of \`${nameOf(nodeId)}\` closes a circle with another wire, and is set aside. Take the other one away, and it is there again; or give \`${port}\` something else.`,
  };
}
