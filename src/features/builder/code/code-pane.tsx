'use client';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef, useState, type MouseEvent } from 'react';
import { CommandMenu } from '#commands/command-menu.tsx';
import type { OpenMenu } from '#commands/index.ts';
import { print } from '#core/formula/language/print.ts';
import { useCommentPlaces } from '../comments/index.ts';
import { useCanEdit, useFormulaSession } from '../session/use-session.ts';
import { useFollowScroll } from './colleagues/use-follow-scroll.ts';
import { commentGutter } from './comment-gutter.ts';
import { editorSetup } from './editor-setup.ts';
import { readNow } from './in-step.ts';
import { useCodeCommands } from './use-code-commands.tsx';
import { useCommentMarks } from './use-comment-marks.ts';

const editable = new Compartment();
/** Who may only look can still go through the text by keys, search it, fold it and read the help. */
const editing = (canEdit: boolean) => [
  EditorState.readOnly.of(!canEdit),
  EditorView.editable.of(canEdit),
  EditorView.contentAttributes.of({ tabindex: '0', 'aria-readonly': String(!canEdit) }),
];

/** The formula as code. */
export function CodePane() {
  const session = useFormulaSession();
  const canEdit = useCanEdit();
  const { showBeside } = useCommentPlaces();
  const element = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  useEffect(() => {
    const parent = element.current;
    if (!parent) return;
    const view = new EditorView({
      parent,
      doc: print(session.snapshot().formula),
      extensions: [commentGutter(showBeside), editorSetup(session), editable.of(editing(session.status().canEdit))],
    });
    editor.current = view;
    return () => {
      editor.current = null;
      readNow(view);
      view.destroy();
    };
  }, [session, showBeside]);
  useEffect(() => editor.current?.dispatch({ effects: editable.reconfigure(editing(canEdit)) }), [canEdit]);
  useCodeCommands(editor);
  useCommentMarks(editor);
  useFollowScroll(editor);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const openMenu = (event: MouseEvent) => {
    const view = editor.current;
    if (!view || event.shiftKey || !(event.target instanceof Node && view.contentDOM.contains(event.target))) return;
    event.preventDefault();
    const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
    const { from, to } = view.state.selection.main;
    if (event.button === 2 && at !== null && (at < from || at > to)) view.dispatch({ selection: { anchor: at } });
    const caret = event.clientX === 0 && event.clientY === 0 ? view.coordsAtPos(to) : null;
    setMenu({ place: 'code', x: caret?.left ?? event.clientX, y: caret?.bottom ?? event.clientY });
  };
  return (
    <>
      <div
        ref={element}
        data-pane
        data-testid="code-pane"
        className="h-full overflow-hidden"
        onContextMenu={openMenu}
      />
      <CommandMenu menu={menu} label="What can be done with the code" onClose={() => setMenu(null)} />
    </>
  );
}
