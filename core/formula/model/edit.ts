import type { AnnotationId, Frame, StickyNote } from './annotations.ts';
import type { WireKey } from './bends.ts';
import type { Arg, Flag, FormulaNode, NodeId, Point } from './formula.ts';

/**
 * One change of a formula. The canvas, the code pane, quick fixes and restores all speak in these; `collab` writes them
 * into the shared document, `applyEdits` into a plain formula. An edit of a node that is not there does nothing.
 */
export type Edit =
  /** `after` is the statement below which the new one stands: `null` first, left out last. */
  | {
      readonly type: 'addNode';
      readonly id: NodeId;
      readonly node: FormulaNode;
      readonly at?: Point;
      readonly after?: NodeId | null;
    }
  | { readonly type: 'removeNode'; readonly id: NodeId }
  | { readonly type: 'setBlock'; readonly id: NodeId; readonly block: string }
  | { readonly type: 'setName'; readonly id: NodeId; readonly name: string | null }
  | { readonly type: 'setComment'; readonly id: NodeId; readonly comment: string | null }
  | { readonly type: 'setFlag'; readonly id: NodeId; readonly flag: Flag; readonly on: boolean }
  | { readonly type: 'setWords'; readonly id: NodeId; readonly words: FormulaNode['words'] | null }
  | { readonly type: 'setArg'; readonly id: NodeId; readonly port: string; readonly arg: Arg }
  | { readonly type: 'clearArg'; readonly id: NodeId; readonly port: string }
  | { readonly type: 'reorder'; readonly id: NodeId; readonly after: NodeId | null }
  | { readonly type: 'moveNode'; readonly id: NodeId; readonly at: Point }
  | { readonly type: 'setEpilogue'; readonly epilogue: string | null }
  /** Null takes it away. */
  | { readonly type: 'setFrame'; readonly id: AnnotationId; readonly frame: Frame | null }
  | { readonly type: 'setNote'; readonly id: AnnotationId; readonly note: StickyNote | null }
  /** Leads a wire through these points; null takes them away. */
  | { readonly type: 'setBends'; readonly id: WireKey; readonly bends: readonly Point[] | null };
