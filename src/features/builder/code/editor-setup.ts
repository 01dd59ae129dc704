import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  crosshairCursor,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
  rectangularSelection,
  type KeyBinding,
} from '@codemirror/view';
import type { FormulaSession } from '../session/formula-session.ts';
import { colleagueCarets } from './colleagues/colleague-carets.ts';
import { showScroll } from './colleagues/show-scroll.ts';
import { showSelection } from './colleagues/show-selection.ts';
import { completion } from './completion/index.ts';
import { showSignature } from './completion/signature-help.ts';
import { findPanel } from './find/find-panel.ts';
import { folding } from './folding.ts';
import { wordHelp } from './hover.ts';
import { format, keepInStep, redo, undo } from './in-step.ts';
import { formulaLanguage } from './language.ts';
import { definitionLinks, goToDefinition, goToUse } from './names/go-to.ts';
import { markOccurrences } from './names/mark-occurrences.ts';
import { renameAtCursor, renameField } from './names/rename.ts';
import { formulaLint } from './problems/lint.ts';
import { goToProblem, problemCard, showFixes } from './problems/problem-card.ts';
import { reveal } from './reveal.ts';
import { selectionLink } from './selection-link.ts';
import { formulaSession } from './session-facet.ts';
import { codeTextOf } from './text/parts.ts';
import { codeTextField } from './text/text-field.ts';
import { editorTheme } from './theme.ts';

const KEYS: readonly KeyBinding[] = [
  { key: 'Mod-z', run: undo, preventDefault: true },
  { key: 'Mod-Shift-z', run: redo, preventDefault: true },
  { key: 'Mod-y', run: redo, preventDefault: true },
  { key: 'Shift-Alt-f', run: format, preventDefault: true },
  { key: 'F2', run: renameAtCursor },
  { key: 'F12', run: goToDefinition, shift: goToUse(1) },
  { key: 'F8', run: goToProblem(1), shift: goToProblem(-1) },
  { key: 'Mod-.', run: showFixes },
  { key: 'Mod-Shift-Space', run: showSignature },
];

/** Elsewhere these keys mean something else: Mod-Enter runs a backtest. */
const NOT_OURS: ReadonlySet<string | undefined> = new Set(['Mod-Enter']);

/**
 * Everything that makes an editor the code pane of a formula. Its text is that of `codeTextOf` of the session's
 * formula.
 */
export const editorSetup = (session: FormulaSession): Extension => [
  formulaSession.of(session),
  codeTextField.init(() => codeTextOf(session.snapshot().formula)),
  keepInStep,
  formulaLanguage,
  indentUnit.of('    '),
  completion,
  formulaLint,
  problemCard,
  wordHelp,
  markOccurrences,
  definitionLinks,
  renameField,
  selectionLink,
  reveal,
  colleagueCarets,
  showSelection,
  showScroll,
  lineNumbers(),
  folding,
  EditorState.allowMultipleSelections.of(true),
  EditorView.clickAddsSelectionRange.of((event) => event.altKey),
  rectangularSelection({ eventFilter: (event) => event.altKey && event.shiftKey }),
  crosshairCursor({ key: 'Alt' }),
  drawSelection(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches({ minSelectionLength: 2 }),
  bracketMatching(),
  findPanel,
  EditorView.lineWrapping,
  keymap.of([...KEYS, ...searchKeymap, indentWithTab, ...defaultKeymap.filter(({ key }) => !NOT_OURS.has(key))]),
  editorTheme,
  EditorView.contentAttributes.of({ 'aria-label': 'The strategy as code' }),
  placeholder('fast = ema(close, 20)\nbuy(when: close > fast)'),
];
