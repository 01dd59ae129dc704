'use client';
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { useEffect, useMemo, useRef } from 'react';
import { AlignLeft } from 'lucide-react';
import { useCommands, type Command } from '#commands/index.ts';
import { print } from '#core/formula/print.ts';
import type { FormulaSession } from '../session/formula-session.ts';
import { useFormulaSession, useStatus } from '../session/provider.tsx';
import { complete } from './complete.ts';
import { blockHelp } from './hover.ts';
import { formulaLanguage } from './language.ts';
import { formulaLint } from './lint.ts';
import { selectionLink } from './selection-link.ts';
import { format, textSync } from './text-sync.ts';
import { editorTheme } from './theme.ts';

const editable = new Compartment();
const editing = (canEdit: boolean) => [EditorState.readOnly.of(!canEdit), EditorView.editable.of(canEdit)];

/** Undo takes back the person's own edits of the formula, in whichever pane they were made. */
const extensions = (session: FormulaSession) => [
  lineNumbers(),
  drawSelection(),
  highlightActiveLine(),
  bracketMatching(),
  closeBrackets(),
  search({ top: true }),
  autocompletion({ override: [complete], icons: false }),
  keymap.of([
    { key: 'Mod-z', run: () => (session.undo(), true) },
    { key: 'Mod-Shift-z', run: () => (session.redo(), true) },
    { key: 'Mod-y', run: () => (session.redo(), true) },
    { key: 'Shift-Alt-f', run: format },
    ...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...lintKeymap, indentWithTab, ...defaultKeymap,
  ]),
  formulaLanguage,
  formulaLint,
  blockHelp,
  textSync(session),
  selectionLink(session),
  editorTheme,
  EditorView.contentAttributes.of({ 'aria-label': 'The formula as code', tabindex: '0' }),
  EditorView.domEventHandlers({ blur: (_event, view) => void format(view) }),
  placeholder('fast = ema(close, 20)\nbuy(when: close > fast)'),
];

export function CodePane() {
  const session = useFormulaSession();
  const { canEdit } = useStatus();
  const element = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  useEffect(() => {
    const parent = element.current;
    if (!parent) return;
    const view = new EditorView({ parent, doc: print(session.snapshot().formula), extensions: [extensions(session), editable.of(editing(session.status().canEdit))] });
    editor.current = view;
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, [session]);
  useEffect(() => editor.current?.dispatch({ effects: editable.reconfigure(editing(canEdit)) }), [canEdit]);
  useCommands(useMemo((): readonly Command[] => [
    { id: 'formula.format', title: 'Format the code', group: 'Formula', icon: <AlignLeft />, shortcut: 'shift+alt+f', run: () => { if (editor.current) format(editor.current); } },
  ], []));
  return <div ref={element} data-testid="code-pane" className="h-full overflow-hidden" />;
}
