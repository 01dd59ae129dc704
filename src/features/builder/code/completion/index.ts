import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, type Completion } from '@codemirror/autocomplete';
import { Prec, type Extension } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { el } from '../dom.ts';
import { complete } from './complete.ts';
import { signatureHelp } from './signature-help.ts';

/** What an option is, at a glance. */
const MARKS: Readonly<Record<string, readonly [mark: string, color: string]>> = {
  function: ['ƒ', 'var(--thread-1)'],
  price: ['$', 'var(--thread-3)'],
  action: ['!', 'var(--thread-2)'],
  name: ['x', 'var(--ink)'],
  input: ['i', 'var(--thread-5)'],
  argument: [':', 'var(--muted)'],
  output: ['.', 'var(--thread-8)'],
  text: ['"', 'var(--thread-6)'],
  keyword: ['k', 'var(--thread-7)'],
};

function mark({ type = '' }: Completion): Node {
  const [sign, color] = MARKS[type] ?? ['', 'inherit'];
  const element = el('span', 'cm-option-mark', sign);
  element.style.color = color;
  element.ariaHidden = 'true';
  return element;
}

/** Completion, closing brackets and the signature of the call around the cursor. */
export const completion: Extension = [
  autocompletion({ override: [complete], icons: false, addToOptions: [{ render: mark, position: 20 }] }),
  closeBrackets(),
  // Before the places of a snippet, which have the key too.
  Prec.highest(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
  keymap.of(closeBracketsKeymap),
  signatureHelp,
];
