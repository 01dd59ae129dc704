'use client';
import { startCompletion } from '@codemirror/autocomplete';
import { toggleComment } from '@codemirror/commands';
import { foldAll, unfoldAll, unfoldCode } from '@codemirror/language';
import { openSearchPanel } from '@codemirror/search';
import type { Command as EditorCommand, EditorView } from '@codemirror/view';
import {
  AlignLeft,
  CircleAlert,
  ClipboardPaste,
  Copy,
  FoldVertical,
  Lightbulb,
  ListTree,
  Scissors,
  Search,
  TextCursorInput,
  UnfoldVertical,
} from 'lucide-react';
import { useMemo, type ReactNode, type RefObject } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { showSignature } from './completion/signature-help.ts';
import { foldAround } from './folding.ts';
import { format } from './in-step.ts';
import { goToDefinition, goToUse } from './names/go-to.ts';
import { renameAtCursor } from './names/rename.ts';
import { goToProblem, showFixes } from './problems/problem-card.ts';

interface CodeCommand {
  readonly id: string;
  readonly title: string;
  readonly shortcut: string;
  readonly run: EditorCommand;
  readonly icon?: ReactNode;
  readonly keywords?: readonly string[];
  /** Not for those who may only look. */
  readonly changes?: true;
  /** The key works from everywhere and leads into the code. */
  readonly isGlobal?: true;
  /** Whether the context menu of the code offers it. */
  readonly isInMenu?: true;
}

/** The browser copies what the editor has selected. */
const byBrowser =
  (command: 'copy' | 'cut'): EditorCommand =>
  () =>
    document.execCommand(command);

const paste: EditorCommand = (view) => {
  void navigator.clipboard.readText().then(
    (text) => view.dispatch(view.state.replaceSelection(text), { userEvent: 'input.paste', scrollIntoView: true }),
    () => toast.error('The browser keeps the clipboard to itself', { description: 'Paste with the keyboard.' }),
  );
  return true;
};

/** The keys are those that `editorSetup` binds inside the editor. */
const COMMANDS: readonly CodeCommand[] = [
  {
    id: 'cut',
    title: 'Cut the text',
    shortcut: 'mod+x',
    run: byBrowser('cut'),
    icon: <Scissors />,
    changes: true,
    isInMenu: true,
  },
  { id: 'copy', title: 'Copy the text', shortcut: 'mod+c', run: byBrowser('copy'), icon: <Copy />, isInMenu: true },
  {
    id: 'paste',
    title: 'Paste text',
    shortcut: 'mod+v',
    run: paste,
    icon: <ClipboardPaste />,
    changes: true,
    isInMenu: true,
  },
  {
    id: 'format',
    title: 'Format the code',
    shortcut: 'alt+shift+f',
    isInMenu: true,
    run: format,
    icon: <AlignLeft />,
    changes: true,
    isGlobal: true,
  },
  {
    id: 'rename',
    title: 'Rename a statement everywhere',
    shortcut: 'f2',
    isInMenu: true,
    run: renameAtCursor,
    icon: <TextCursorInput />,
    changes: true,
  },
  {
    id: 'fix',
    title: 'Fix the problem at the cursor',
    shortcut: 'mod+.',
    isInMenu: true,
    run: showFixes,
    icon: <Lightbulb />,
    keywords: ['quick fix'],
  },
  {
    id: 'next-problem',
    title: 'Go to the next problem',
    shortcut: 'f8',
    run: goToProblem(1),
    icon: <CircleAlert />,
    keywords: ['error', 'warning'],
    isGlobal: true,
  },
  {
    id: 'last-problem',
    title: 'Go to the problem before',
    shortcut: 'shift+f8',
    run: goToProblem(-1),
    icon: <CircleAlert />,
    keywords: ['error', 'warning', 'previous'],
    isGlobal: true,
  },
  {
    id: 'definition',
    title: 'Go to the definition of a name',
    shortcut: 'f12',
    isInMenu: true,
    run: goToDefinition,
    icon: <ListTree />,
  },
  {
    id: 'uses',
    title: 'Go to the next use of a name',
    shortcut: 'shift+f12',
    isInMenu: true,
    run: goToUse(1),
    icon: <ListTree />,
    keywords: ['references'],
  },
  {
    id: 'complete',
    title: 'Complete the code',
    shortcut: 'ctrl+space',
    run: startCompletion,
    keywords: ['suggest'],
    changes: true,
  },
  {
    id: 'signature',
    title: 'Show what a call takes',
    shortcut: 'mod+shift+space',
    run: showSignature,
    keywords: ['arguments', 'parameters'],
  },
  {
    id: 'comment',
    title: 'Comment lines out or in',
    shortcut: 'mod+/',
    isInMenu: true,
    run: toggleComment,
    changes: true,
  },
  {
    id: 'find',
    title: 'Find in the code',
    shortcut: 'mod+f',
    isInMenu: true,
    run: openSearchPanel,
    icon: <Search />,
    keywords: ['search', 'replace'],
  },
  {
    id: 'fold',
    title: 'Fold the code at the cursor',
    shortcut: 'mod+shift+[',
    run: foldAround,
    icon: <FoldVertical />,
  },
  {
    id: 'unfold',
    title: 'Unfold the code at the cursor',
    shortcut: 'mod+shift+]',
    run: unfoldCode,
    icon: <UnfoldVertical />,
  },
  { id: 'fold-all', title: 'Fold all code', shortcut: 'mod+alt+[', run: foldAll, icon: <FoldVertical /> },
  { id: 'unfold-all', title: 'Unfold all code', shortcut: 'mod+alt+]', run: unfoldAll, icon: <UnfoldVertical /> },
];

/**
 * Offers what the code pane can do to the palette and the help; started from there, the editor gets the focus first.
 */
export function useCodeCommands(editor: RefObject<EditorView | null>): void {
  useCommands(
    useMemo(
      (): readonly Command[] =>
        COMMANDS.map(({ id, title, shortcut, run, icon, keywords, changes, isGlobal, isInMenu }) => ({
          id: `code.${id}`,
          title,
          group: 'Code',
          shortcut,
          ...(icon ? { icon } : {}),
          ...(keywords ? { keywords } : {}),
          ...(isGlobal ? {} : { isLocal: true }),
          ...(isInMenu ? { menus: ['code'] } : {}),
          when: () => editor.current !== null && !(changes && editor.current.state.readOnly),
          run: () => {
            const view = editor.current;
            if (!view) return;
            view.focus();
            run(view);
          },
        })),
      [editor],
    ),
  );
}
