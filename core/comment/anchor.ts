import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { createNodePrinter, printWithSpans } from '#core/formula/language/print.ts';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import type { ReviewId } from '#core/requests/ids.ts';

/** What a thread is put on. A statement of the code is a node, so both faces show it at the same place. */
export type AnchorTarget =
  | { readonly kind: 'formula' }
  | { readonly kind: 'node'; readonly nodeId: NodeId }
  /** A change that a review is about, by its `changeKeyOf`. */
  | { readonly kind: 'change'; readonly reviewId: ReviewId; readonly key: string };

/** What a node was when somebody began to talk about it: the thread outlives it. */
export interface About {
  /** The node's name, or what its block is called. */
  readonly label: string;
  /** Its statement, or its expression inside of one; shortened. */
  readonly code: string;
}

export type Anchor =
  | Extract<AnchorTarget, { kind: 'formula' }>
  | (Extract<AnchorTarget, { kind: 'node' }> & { readonly about: About })
  | (Extract<AnchorTarget, { kind: 'change' }> & {
      /** The statement that it changes; null where it is about none. */
      readonly nodeId: NodeId | null;
      /** `code`: the change, as a sentence. */
      readonly about: About;
    });

const LONGEST_LABEL = 100;
const LONGEST_CODE = 300;

/** What to keep of a change beside a thread about it. */
export const aboutChange = (label: string, sentence: string): About => ({
  label: cut(label, LONGEST_LABEL),
  code: cut(sentence, LONGEST_CODE),
});

const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;

/** What a node is called where people speak of it; undefined when there is no such node. */
export function labelOf(formula: Formula, id: NodeId): string | undefined {
  const node = nodeOf(formula, id);
  return node && cut(node.name ?? findBlock(node.block)?.title ?? node.block, LONGEST_LABEL);
}

/** What to keep of a node beside a thread about it; undefined when there is no such node. */
export function aboutNode(formula: Formula, id: NodeId): About | undefined {
  const label = labelOf(formula, id);
  if (label === undefined) return undefined;
  const { code, spans } = printWithSpans(formula);
  const statement = spans.get(id);
  return {
    label,
    code: cut(statement ? code.slice(statement.start, statement.end) : createNodePrinter(formula)(id), LONGEST_CODE),
  };
}

export interface AnchorWords {
  readonly title: string;
  /** Its code when the thread was begun; null for the formula as a whole. */
  readonly code: string | null;
  /** It is not in the formula any more. */
  readonly isGone: boolean;
}

/** What a thread is about, as the formula is now: a node by its present name, a node that is gone by its last name. */
export function describeAnchor(anchor: Anchor, formula: Formula): AnchorWords {
  if (anchor.kind === 'formula') return { title: 'The formula', code: null, isGone: false };
  const label = anchor.nodeId === null ? undefined : labelOf(formula, anchor.nodeId);
  if (anchor.kind === 'change') {
    // What was removed is gone by what is talked about.
    const isGone = anchor.nodeId !== null && label === undefined && !anchor.key.startsWith('removed/');
    return { title: label ?? anchor.about.label, code: anchor.about.code, isGone };
  }
  return { title: label ?? anchor.about.label, code: anchor.about.code, isGone: label === undefined };
}
