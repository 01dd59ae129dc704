'use client';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { withMembers } from '#core/formula/chains/chain.ts';
import { withCalls } from '#core/formula/functions/with-calls.ts';
import type { AnnotationId } from '#core/formula/model/annotations.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import { membersOf, removeShown, shiftedBy, takenAlong, useGraphView } from '#features/graph/index.ts';
import { isTyping } from '#ui/browser/is-typing.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { intoScope, useOpenFunction } from '../../functions/index.ts';
import { useFormulaSession } from '../../session/use-session.ts';
import { fromClipboard, NODES_TYPE, toClipboard } from './clipboard-format.ts';
import { codeOf, readCode } from './fragment-code.ts';
import {
  cornerOf,
  cornerOfFragment,
  fittingPart,
  fragmentOf,
  isFunctionPart,
  pasteFragment,
  bendsShiftedBy,
  type Fragment,
} from './fragment.ts';

export interface Clipboard {
  /** Tells where the pointer is: there nodes are pasted. Null once it has left the canvas. */
  pointAt(screen: Point | null): void;
  pointer(): Point | null;
  /** Pastes what the system's clipboard has, if the browser lets it be read. */
  paste(): void;
  /**
   * Puts copies of what is selected at the pointer, or beside it while the pointer is elsewhere: of the nodes, or of a
   * frame with what is in it, or of a note.
   */
  duplicate(only?: AnnotationId | null): void;
  /** Puts copies of nodes where those places are. */
  copyTo(places: ReadonlyMap<NodeId, Point>): void;
}

/** From nodes to their copies, in the units of the graph. */
const BESIDE = 32;

const INCOMPLETE = 'Pasted without some of its wires';
const LEFT = 'Parameters and results belong into a function, and a call needs the function that it calls.';

/** Whether a copy or paste is somebody else's: of text in a field, of text that is selected, or in a dialog. */
function isOfText(event: ClipboardEvent): boolean {
  return (
    event.defaultPrevented ||
    isTyping(event.target) ||
    document.querySelector('[role="dialog"]') !== null ||
    (event.type !== 'paste' && getSelection()?.isCollapsed === false)
  );
}

/** The frame or the note that has the focus. */
export function focusedAnnotation(): AnnotationId | null {
  const focused = document.activeElement?.closest('[data-frame], [data-note]');
  return focused?.getAttribute('data-frame') ?? focused?.getAttribute('data-note') ?? null;
}

/**
 * Copies, cuts and pastes nodes through the system's clipboard: as code for whoever takes text, and with their places
 * for Alphaloom.
 */
export function useClipboard(): Clipboard {
  const session = useFormulaSession();
  const view = useGraphView();
  const { scope } = useOpenFunction();
  const pointer = useRef<Point | null>(null);

  const put = useCallback(
    (copied: Fragment, at?: Point): number => {
      const fragment = fittingPart(session.snapshot().formula, copied, scope);
      const left = Object.keys(copied.nodes).length - Object.keys(fragment.nodes).length;
      const [{ width, height }, corner] = [view.size(), view.corner()];
      const screen = pointer.current ?? { x: corner.x + width / 3, y: corner.y + height / 3 };
      const { ids, edits, lost } = pasteFragment(session.snapshot().formula, fragment, at ?? view.placeAt(screen));
      if (left > 0) toast.warning('Not all of it has a place here', { description: LEFT });
      if (edits.length === 0) return 0;
      session.edit(intoScope(edits, scope));
      session.select(ids);
      return left > 0 ? 0 : lost;
    },
    [session, view, scope],
  );

  /** What is selected, or the frame or note that is meant, with what is in it; null of nothing. */
  const taken = useCallback(
    (only: AnnotationId | null): Fragment | null => {
      const { formula, selection } = session.snapshot();
      const placed = view.placed();
      const frame = only === null ? undefined : placed.formula.frames?.[only];
      const ids = frame ? membersOf(placed, frame) : only === null ? [...selection] : [];
      if (ids.length === 0 && only === null) return null;
      return {
        ...fragmentOf(formula, withMembers(formula, ids), placed.places),
        ...takenAlong(placed, new Set(ids), only),
      };
    },
    [session, view],
  );

  const putText = useCallback(
    (text: string) => {
      const read = readCode(session.snapshot().formula, text);
      if (!read.ok) return void toast.error('This cannot be pasted here', { description: read.error });
      put(read.value.fragment);
      const [first] = read.value.unknown;
      if (first) toast.warning(INCOMPLETE, { description: first.message });
    },
    [session, put],
  );

  useEffect(() => {
    const take = (event: ClipboardEvent): void => {
      const { formula } = session.snapshot();
      const copied = isOfText(event) ? null : taken(focusedAnnotation());
      if (!copied || !event.clipboardData) return;
      event.preventDefault();
      const { nodes, frames = {}, notes = {} } = copied;
      // Of a function, code has the parameters and results in its head and behind `return`.
      const written = Object.entries(nodes).flatMap(([id, node]) => (isFunctionPart(node) ? [] : [id]));
      const texts = Object.values(notes).map(({ text }) => text);
      const code = written.length === 0 ? texts.join('\n\n') : codeOf(formula, new Set(written));
      event.clipboardData.setData('text/plain', code);
      event.clipboardData.setData(NODES_TYPE, toClipboard(copied));
      if (event.type !== 'cut') return;
      const shown = view.placed();
      const gone = Object.keys(nodes).filter((id) => shown.places.has(id));
      session.edit([
        ...withCalls(formula, removeShown(shown.formula, new Set(gone))),
        ...Object.keys(frames).map((id): Edit => ({ type: 'setFrame', id, frame: null })),
        ...Object.keys(notes).map((id): Edit => ({ type: 'setNote', id, note: null })),
      ]);
    };
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const nodes = fromClipboard(event.clipboardData?.getData(NODES_TYPE) ?? '');
      if (isOfText(event) || !session.status().canEdit || (text.trim() === '' && !nodes)) return;
      event.preventDefault();
      if (nodes && put(nodes) > 0)
        toast.warning(INCOMPLETE, { description: 'What they come from is not in this strategy.' });
      if (!nodes) putText(text);
    };
    document.addEventListener('copy', take);
    document.addEventListener('cut', take);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', take);
      document.removeEventListener('cut', take);
      document.removeEventListener('paste', paste);
    };
  }, [session, view, put, putText, taken]);

  return useMemo(
    () => ({
      pointAt: (screen) => void (pointer.current = screen),
      pointer: () => pointer.current,
      paste: () =>
        void navigator.clipboard
          .readText()
          .then(putText, () =>
            toast.error('The browser keeps the clipboard to itself', { description: 'Paste with the keyboard.' }),
          ),
      duplicate: (only = focusedAnnotation()) => {
        const fragment = taken(only);
        if (!fragment) return;
        const { x, y } = cornerOfFragment(fragment);
        put(fragment, pointer.current ? undefined : { x: x + BESIDE, y: y + BESIDE });
      },
      copyTo: (places) => {
        const { formula } = session.snapshot();
        const placed = view.placed();
        const [[first, at] = ['', { x: 0, y: 0 }]] = places;
        const before = placed.places.get(first) ?? at;
        const along = takenAlong(placed, new Set(places.keys()));
        const shift = { x: at.x - before.x, y: at.y - before.y };
        const copied = fragmentOf(formula, withMembers(formula, places.keys()), places);
        const fragment = { ...copied, ...shiftedBy(along, shift), ...bendsShiftedBy(copied, shift) };
        put(fragment, cornerOf(Object.values(fragment.layout)));
      },
    }),
    [session, view, put, putText, taken],
  );
}
