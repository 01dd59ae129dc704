import { RangeSet, StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { gutter, GutterMarker } from '@codemirror/view';
import type { NodeId } from '#core/formula/model/formula.ts';
import { el } from './dom.ts';
import { sessionOf } from './session-facet.ts';
import { statementFinder } from './statement-of.ts';
import { codeTextField, statementRanges } from './text/text-field.ts';

/** What is shown of the conversation beside the code. */
export interface CommentMarks {
  /** How many threads are open about each node. */
  readonly counts: ReadonlyMap<NodeId, number>;
  /** Nodes about which there is something new. */
  readonly unread: ReadonlySet<NodeId>;
  /** Whether this person may begin a thread. */
  readonly canBegin: boolean;
}

/** Opens the conversation about a statement beside its mark. */
export type OpenComments = (opened: {
  readonly element: Element;
  readonly node: NodeId;
  readonly nodes: readonly NodeId[];
}) => void;

export const setCommentMarks = StateEffect.define<CommentMarks>();

const NONE: CommentMarks = { counts: new Map(), unread: new Set(), canBegin: false };

class Mark extends GutterMarker {
  readonly node: NodeId;
  /** The nodes in the statement that have threads. */
  readonly nodes: readonly NodeId[];
  readonly #count: number;
  readonly #isUnread: boolean;

  constructor(node: NodeId, nodes: readonly NodeId[], count: number, isUnread: boolean) {
    super();
    this.node = node;
    this.nodes = nodes;
    this.#count = count;
    this.#isUnread = isUnread;
  }

  override eq(other: Mark): boolean {
    return (
      other.node === this.node &&
      other.#count === this.#count &&
      other.#isUnread === this.#isUnread &&
      other.nodes.join() === this.nodes.join()
    );
  }

  override toDOM(): HTMLElement {
    const state =
      this.#count === 0 ? 'cm-comment-add' : this.#isUnread ? 'cm-comment-mark cm-comment-unread' : 'cm-comment-mark';
    const mark = el('span', `cm-comment ${state}`, this.#count === 0 ? '+' : String(this.#count));
    mark.title =
      this.#count === 0
        ? 'Comment on this statement'
        : this.#count === 1
          ? '1 open thread'
          : `${this.#count} open threads`;
    return mark;
  }
}

interface Gutter {
  readonly marks: CommentMarks;
  readonly drawn: RangeSet<Mark>;
}

const commentField = StateField.define<Gutter>({
  create: () => ({ marks: NONE, drawn: RangeSet.empty }),
  update({ marks, drawn }, { effects, state, startState }) {
    const next = effects.findLast((effect) => effect.is(setCommentMarks));
    const isMoved = startState.field(codeTextField) !== state.field(codeTextField);
    if (next?.is(setCommentMarks)) return { marks: next.value, drawn: draw(state, next.value) };
    return isMoved ? { marks, drawn: draw(state, marks) } : { marks, drawn };
  },
});

function draw(state: EditorState, { counts, unread, canBegin }: CommentMarks): RangeSet<Mark> {
  if (counts.size === 0 && !canBegin) return RangeSet.empty;
  const nodesOf = byStatement(state, counts);
  let last = -1;
  return RangeSet.of(
    statementRanges(state).flatMap(({ id, from }) => {
      const line = state.doc.lineAt(from).from;
      const nodes = nodesOf.get(id) ?? [];
      // One mark a line: of two statements in a line that is being typed, the first.
      if (line <= last || (nodes.length === 0 && !canBegin)) return [];
      last = line;
      const count = nodes.reduce((sum, node) => sum + (counts.get(node) ?? 0), 0);
      return [
        new Mark(
          id,
          nodes,
          count,
          nodes.some((node) => unread.has(node)),
        ).range(line),
      ];
    }),
  );
}

function byStatement(state: EditorState, counts: CommentMarks['counts']): ReadonlyMap<NodeId, readonly NodeId[]> {
  if (counts.size === 0) return new Map();
  const statementOf = statementFinder(sessionOf(state).snapshot().formula);
  return Map.groupBy(counts.keys(), (node) => statementOf(node) ?? node);
}

/** Beside each statement how many threads are open about it; under the pointer, the way to begin one. */
export const commentGutter = (open: OpenComments): Extension => [
  commentField,
  gutter({
    class: 'cm-comments',
    markers: ({ state }) => state.field(commentField).drawn,
    domEventHandlers: {
      click: ({ state }, { from }, event) => {
        const { target } = event;
        const element = target instanceof Element ? target.closest('.cm-comment') : null;
        let found: Mark | undefined;
        state.field(commentField).drawn.between(from, from, (_from, _to, mark) => void (found = mark));
        if (!element || !found) return false;
        open({ element, node: found.node, nodes: found.nodes.length > 0 ? found.nodes : [found.node] });
        return true;
      },
    },
  }),
];
