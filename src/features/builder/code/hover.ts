import type { EditorState } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import { portsCalled } from '#core/formula/blocks/field-names.ts';
import { blockCard } from './block-card.ts';
import { bracketsIn, callsAround, innermostCall } from './calls-around.ts';
import { el } from './dom.ts';
import { blockNamed } from './names/block-named.ts';
import { nameCard } from './names/name-card.ts';
import { findNamed } from './names/named-statements.ts';
import { portFacts } from './port-facts.ts';
import { tokensIn } from './read-code.ts';
import { isSign, type Token } from './tokens.ts';

/** What a word means, while the pointer rests on it: a statement, a block, an argument or an output. */
export const wordHelp = hoverTooltip(
  ({ state }, position) => {
    const tokens = tokensIn(state);
    const index = tokens.findIndex(({ kind, start, end }) => kind === 'name' && start <= position && position <= end);
    const token = tokens[index];
    const card = token && cardOf(state, tokens, index, token);
    return token && card ? { pos: token.start, end: token.end, above: true, create: () => ({ dom: card }) } : null;
  },
  { hoverTime: 250, hideOn: ({ docChanged, selection }) => docChanged || selection !== undefined },
);

function cardOf(
  state: EditorState,
  tokens: readonly Token[],
  index: number,
  { text, start }: Token,
): HTMLElement | null {
  const behind = tokens[index + 1];
  if (isSign(behind, ':')) return argumentCard(state, state.sliceDoc(0, start), text);
  if (isSign(tokens[index - 1], '.')) return outputCard(state, ownerOf(tokens.slice(0, index - 1)), text);
  const named = isSign(behind, '(') ? undefined : findNamed(state, text);
  if (named) return nameCard(state, named);
  const block = blockNamed(state, text);
  return block && (block.syntax === undefined || block.syntax.kind === 'name') ? blockCard(block) : null;
}

/** The name before a dot, or what the call before it calls. */
const ownerOf = (tokens: readonly Token[]): Token | undefined =>
  tokens.at(-1)?.kind === 'name' ? tokens.at(-1) : bracketsIn(tokens).closed?.call;

function argumentCard(state: EditorState, before: string, name: string): HTMLElement | null {
  const call = innermostCall(callsAround(before));
  const block = blockNamed(state, call?.call.text ?? '');
  const port = block && portsCalled(block, name)[0];
  return port ? shortCard(port.name, port.help, portFacts(port)) : null;
}

function outputCard(state: EditorState, owner: Token | undefined, name: string): HTMLElement | null {
  const block = owner && (findNamed(state, owner.text)?.block ?? blockNamed(state, owner.text));
  const output = block?.outputs.find((candidate) => candidate.name === name);
  return block && output ? shortCard(`.${name}`, output.help ?? '', `an output of ${block.name}`) : null;
}

const shortCard = (name: string, help: string, facts: string): HTMLElement =>
  el(
    'div',
    'flex max-w-96 flex-col gap-0.5 p-2.5 font-sans text-xs',
    el('code', 'font-mono text-xs font-semibold', name),
    el('p', 'text-pretty', help),
    el('p', 'text-2xs text-faint', facts),
  );
