import { CALLEE, calleeOf, functionsOf } from '../language/functions.ts';
import type { Edit } from '../model/edit.ts';
import { argOf, nodeOf, type Formula } from '../model/formula.ts';

/** A parameter that is called otherwise is so where the function is called, too. */
export function withCalls(formula: Formula, edits: readonly Edit[]): readonly Edit[] {
  return edits.flatMap((edit): readonly Edit[] => {
    const node = edit.type === 'setName' ? nodeOf(formula, edit.id) : undefined;
    const [before, after] = [node?.name, edit.type === 'setName' ? edit.name : null];
    if (node?.block !== 'param' || before === undefined || after === null || before === after) return [edit];
    const fn = [...functionsOf(formula).values()].find(
      ({ params }) => edit.type === 'setName' && params.includes(edit.id),
    );
    return [
      edit,
      ...Object.entries(formula.nodes).flatMap(([id, call]): Edit[] => {
        const arg = argOf(call, before);
        return calleeOf(formula, call) !== fn?.id || arg === undefined || before === CALLEE
          ? []
          : [
              { type: 'clearArg', id, port: before },
              { type: 'setArg', id, port: after, arg },
            ];
      }),
    ];
  });
}
