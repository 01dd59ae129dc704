import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { snippet } from '@codemirror/autocomplete';
import type { Block } from '#core/formula/block.ts';
import { BLOCKS, findBlock } from '#core/formula/catalogue.ts';
import { parse } from '#core/formula/parse.ts';
import { signatureOf } from '#core/formula/reference/signature.ts';

const isCallable = (block: Block): boolean => block.syntax === undefined && block.kind !== 'input' && block.kind !== 'value';

const BLOCK_COMPLETIONS: readonly Completion[] = BLOCKS.flatMap((block): Completion[] => {
  if (block.syntax?.kind === 'name') return [{ label: block.name, type: 'constant', detail: block.title, info: block.help }];
  if (!isCallable(block)) return [];
  const required = block.inputs.filter((port) => port.default === undefined).map((port) => (block.kind === 'action' ? `${port.name}: #{${port.name}}` : `#{${port.name}}`));
  return [{ label: block.name, type: block.kind === 'action' ? 'keyword' : 'function', detail: signatureOf(block), info: block.help, apply: snippet(`${block.name}(${required.join(', ')}#{})`) }];
});

/** Names of the formula, blocks, the arguments of the call around the cursor, the outputs behind a dot. */
export function complete(context: CompletionContext): CompletionResult | null {
  const code = context.state.doc.toString();
  const dot = context.matchBefore(/[A-Za-z_]\w*\.\w*/);
  if (dot) return outputsOf(dot.text.split('.')[0] ?? '', code, dot.from + dot.text.indexOf('.') + 1);
  const word = context.matchBefore(/[A-Za-z_]\w*/);
  if (!word && !context.explicit) return null;
  const from = word?.from ?? context.pos;
  const line = context.state.doc.lineAt(from);
  if (line.text.slice(0, from - line.from).includes('#')) return null;
  const names = Object.values(parse(code).formula.nodes).flatMap((node): Completion[] => (node.name === undefined ? [] : [{ label: node.name, type: 'variable', boost: 2 }]));
  return { from, options: [...argumentsAround(code, from), ...names, ...BLOCK_COMPLETIONS], validFor: /^\w*$/ };
}

function outputsOf(name: string, code: string, from: number): CompletionResult | null {
  const statement = Object.values(parse(code.replace(new RegExp(`\\b${name}\\.(?!\\w)`, 'g'), name)).formula.nodes).find((node) => node.name === name);
  const block = findBlock(statement?.block ?? name);
  if (!block || block.outputs.length < 2) return null;
  return { from, options: block.outputs.map((output) => ({ label: output.name, type: 'property', info: output.help ?? '' })), validFor: /^\w*$/ };
}

/** The names of the arguments of the innermost open call before the cursor. */
function argumentsAround(code: string, at: number): Completion[] {
  let depth = 0;
  for (let index = at - 1; index >= 0 && at - index < 2000; index -= 1) {
    const character = code[index];
    if (character === ')') depth += 1;
    if (character === '(' && depth > 0) depth -= 1;
    else if (character === '(') {
      const name = /[A-Za-z_]\w*$/.exec(code.slice(0, index))?.[0];
      const block = name === undefined ? undefined : findBlock(name);
      return (block?.inputs ?? []).map((port) => ({ label: port.name, type: 'property', detail: port.type, info: port.help, apply: `${port.name}: `, boost: 3 }));
    }
  }
  return [];
}
