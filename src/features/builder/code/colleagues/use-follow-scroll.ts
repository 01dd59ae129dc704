'use client';
import { EditorView } from '@codemirror/view';
import { equalityDeep } from 'lib0/function';
import { useEffect, type RefObject } from 'react';
import type { CodePoint } from '#collab/presence.ts';
import { useFollowing, windowOf } from '../../follow/index.ts';
import { useFormulaSession } from '../../session/use-session.ts';
import { placeOf } from './code-point.ts';

/** What somebody does to an editor that is a way of their own. */
const OWN_MOVES = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/** Scrolls the code with that of whoever is followed. A move of one's own ends that. */
export function useFollowScroll(editor: RefObject<EditorView | null>): void {
  const session = useFormulaSession();
  const { person, stop } = useFollowing();
  useEffect(() => {
    const view = editor.current;
    if (!person || !view) return;
    let shown: CodePoint | null | undefined;
    const follow = (): void => {
      const scroll = windowOf(session.colleagues(), person.id)?.scroll;
      if (!scroll || equalityDeep(scroll, shown)) return;
      const place = placeOf(view.state, scroll);
      if (!place) return;
      shown = scroll;
      view.dispatch({ effects: EditorView.scrollIntoView(place.at, { y: 'start', yMargin: 0 }) });
    };
    follow();
    const unsubscribe = session.subscribeColleagues(follow);
    for (const event of OWN_MOVES) view.dom.addEventListener(event, stop, { passive: true });
    return () => {
      unsubscribe();
      for (const event of OWN_MOVES) view.dom.removeEventListener(event, stop);
    };
  }, [editor, person, session, stop]);
}
