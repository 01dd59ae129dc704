import { hoverTooltip } from '@codemirror/view';
import { findBlock } from '#core/formula/catalogue.ts';
import { signatureOf } from '#core/formula/reference/signature.ts';
import { referencePath } from '#features/reference/index.ts';

/** What a block is and takes, while the pointer rests on its name. */
export const blockHelp = hoverTooltip((view, position) => {
  const line = view.state.doc.lineAt(position);
  const at = position - line.from;
  const word = [...line.text.matchAll(/[A-Za-z_]\w*/g)].find((match) => match.index <= at && at <= match.index + match[0].length);
  const block = word && findBlock(word[0]);
  if (!word || !block) return null;
  return {
    pos: line.from + word.index,
    end: line.from + word.index + word[0].length,
    above: true,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'max-w-96 p-2 text-xs';
      const head = document.createElement('code');
      head.className = 'font-mono font-semibold';
      head.textContent = block.name + signatureOf(block);
      const help = document.createElement('p');
      help.className = 'mt-1 text-muted';
      help.textContent = `${block.title}. ${block.help}`;
      const more = document.createElement('a');
      more.className = 'mt-1 inline-block text-accent-text hover:underline';
      more.href = referencePath(block.name);
      more.target = '_blank';
      more.textContent = 'Open in the reference';
      dom.append(head, help, more);
      return { dom };
    },
  };
});
