import { printWithSpans } from '#core/formula/language/print.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';

/**
 * A statement as the formula prints it. `lead` is what stands before it since the statement above: line breaks, blank
 * lines, its comment.
 */
export interface Printed {
  /** null: what stands behind the last statement. It has no body. */
  readonly id: NodeId | null;
  readonly lead: string;
  readonly body: string;
}

/**
 * A part of the text that says what the formula says, perhaps with other spaces than its print, or with its comment
 * behind it.
 */
export interface Settled {
  readonly kind: 'settled';
  readonly lead: string;
  readonly body: string;
  readonly printed: Printed;
}

/** A part that the person has typed and the formula has not taken over. */
export interface Open {
  readonly kind: 'open';
  readonly text: string;
  /** The parts that it stands in place of: none for a statement that is new. */
  readonly over: readonly Settled[];
}

export type Part = Settled | Open;

/**
 * The text of the code pane and how far it is one with the formula. The text is all parts, one behind the other.
 *
 * `formula` is what the settled parts say, and for the statements below open parts what the formula said when the
 * person began to type: the common ancestor of what they type and of what others change meanwhile.
 */
export interface CodeText {
  readonly parts: readonly Part[];
  readonly formula: Formula;
}

/** The statements of a formula in their order, then what stands behind them; their texts together are its print. */
export function printedStatements(formula: Formula): readonly Printed[] {
  const { code, spans } = printWithSpans(formula);
  const printed: Printed[] = [];
  let at = 0;
  for (const [id, { start, end }] of spans) {
    printed.push({ id, lead: code.slice(at, start), body: code.slice(start, end) });
    at = end;
  }
  return [...printed, { id: null, lead: code.slice(at), body: '' }];
}

export const settled = (printed: Printed): Settled => ({
  kind: 'settled',
  lead: printed.lead,
  body: printed.body,
  printed,
});

/** The text of a formula that nobody has typed in yet. */
export const codeTextOf = (formula: Formula): CodeText => ({ formula, parts: printedStatements(formula).map(settled) });

export const textOfPart = (part: Part): string => (part.kind === 'open' ? part.text : part.lead + part.body);

export const textOf = (parts: readonly Part[]): string => parts.map(textOfPart).join('');

export const lengthOf = (part: Part): number =>
  part.kind === 'open' ? part.text.length : part.lead.length + part.body.length;

export const isAllSettled = ({ parts }: CodeText): boolean => parts.every(({ kind }) => kind === 'settled');

/** Whether one text may stand behind another without running into its last line. */
export const isApart = (above: string, below: string): boolean =>
  above === '' || above.endsWith('\n') || /^[^\S\n]*(?:\n|$)/.test(below);
