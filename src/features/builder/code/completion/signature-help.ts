import { closeCompletion, completionStatus } from '@codemirror/autocomplete';
import { Prec, StateEffect, StateField, type EditorState, type Extension, type Transaction } from '@codemirror/state';
import { EditorView, keymap, showTooltip, type Command, type Tooltip } from '@codemirror/view';
import { printLiteral } from '#core/formula/language/literal.ts';
import type { Block, Port } from '#core/formula/model/block.ts';
import { callsAround, innermostCall, portOf, type OpenBracket } from '../calls-around.ts';
import { el } from '../dom.ts';
import { blockNamed } from '../names/block-named.ts';
import { portFacts } from '../port-facts.ts';

interface Help {
  /** Where the call begins. */
  readonly call: number;
  readonly tooltip: Tooltip;
}

const setHelp = StateEffect.define<Help | null>();

const helpField = StateField.define<Help | null>({
  create: () => null,
  update(help, transaction) {
    for (const effect of transaction.effects) if (effect.is(setHelp)) return effect.value;
    const { docChanged, selection, state } = transaction;
    if (!docChanged && !selection) return help;
    const isTyped =
      docChanged && (transaction.isUserEvent('input') || (help !== null && transaction.isUserEvent('delete')));
    if (help === null) return isTyped && opensArgument(transaction) ? helpAt(state) : null;
    // It goes on while the person is in the call, and in those inside it.
    return helpAt(state);
  },
  provide: (field) => showTooltip.from(field, (help) => help?.tooltip ?? null),
});

/** A bracket, a comma or an argument's colon has just been typed, or an option with brackets chosen. */
function opensArgument(transaction: Transaction): boolean {
  if (transaction.isUserEvent('input.complete')) return true;
  let opens = false;
  transaction.changes.iterChanges((_from, _to, _fromNow, _toNow, inserted) => {
    if (/[(,:]/.test(inserted.toString())) opens = true;
  });
  return opens;
}

function helpAt(state: EditorState): Help | null {
  const { from } = state.selection.main;
  const found = innermostCall(callsAround(state.sliceDoc(0, from)));
  const block = found && blockNamed(state, found.call.text);
  if (!found || !block || block.inputs.length === 0) return null;
  const line = state.doc.lineAt(from);
  return {
    call: found.call.start,
    tooltip: { pos: Math.max(found.call.start, line.from), above: true, create: () => ({ dom: card(block, found) }) },
  };
}

function card(block: Block, open: OpenBracket): HTMLElement {
  const active = portOf(block, open);
  const ports = block.inputs.flatMap((port, index) => [
    ...(index === 0 ? [] : [', ']),
    parameter(port, port === active),
  ]);
  const element = el(
    'div',
    'cm-signature flex max-w-112 flex-col gap-0.5 px-2.5 py-1.5 font-sans text-xs',
    el('code', 'font-mono text-xs text-muted', el('span', 'text-ink', block.name), '(', ...ports, ')'),
    active
      ? el('p', 'text-pretty', active.help, el('span', 'block text-2xs text-faint', portFacts(active)))
      : el('p', 'text-bad', 'It takes no more arguments.'),
  );
  element.setAttribute('role', 'status');
  element.setAttribute('aria-label', `Signature of ${block.name}`);
  return element;
}

function parameter({ name, type, default: fallback }: Port, isActive: boolean): HTMLElement {
  const text =
    fallback === undefined
      ? name
      : fallback === null
        ? `${name}?`
        : `${name} = ${printLiteral(fallback, type === 'string')}`;
  return isActive ? el('strong', 'font-semibold text-accent-text', text) : el('span', '', text);
}

const hide: Command = (view) => {
  if (view.state.field(helpField) === null) return false;
  // One press closes both: they belong to the same thought.
  if (completionStatus(view.state) !== null) closeCompletion(view);
  view.dispatch({ effects: setHelp.of(null) });
  return true;
};

/** Shows what the call around the cursor takes. */
export const showSignature: Command = (view) => {
  const help = helpAt(view.state);
  view.dispatch({ effects: setHelp.of(help) });
  return help !== null;
};

/** What the call takes that is being typed, with the argument that the cursor is in. */
export const signatureHelp: Extension = [
  helpField,
  Prec.high(keymap.of([{ key: 'Escape', run: hide }])),
  EditorView.domEventHandlers({
    blur: (_event, view) => {
      if (view.state.field(helpField) !== null) view.dispatch({ effects: setHelp.of(null) });
    },
  }),
];
