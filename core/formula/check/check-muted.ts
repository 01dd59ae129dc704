import { isAction, isMuted } from '../language/statements.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Formula } from '../model/formula.ts';
import { warningOf } from './report.ts';

/** What is muted is told: nobody is to look for the orders of an action that does nothing. */
export const checkMuted = (formula: Formula): Diagnostic[] =>
  Object.entries(formula.nodes).flatMap(([id, node]) =>
    isMuted(node)
      ? [
          warningOf(
            id,
            'muted',
            isAction(node)
              ? `This \`${node.block}\` is muted: it does nothing.`
              : `\`${node.name ?? node.block}\` is muted: it gives what enters it.`,
            { fix: { title: 'Unmute it', edits: [{ type: 'setFlag', id, flag: 'muted', on: false }] } },
          ),
        ]
      : [],
  );
