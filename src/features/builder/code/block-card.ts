import type { Block, Port } from '#core/formula/model/block.ts';
import { signatureOf } from '#core/formula/reference/signature.ts';
import { referencePath } from '#features/reference/index.ts';
import { el } from './dom.ts';
import { portFacts } from './port-facts.ts';

/** Everything about a block, as the hover and the completion show it. */
export function blockCard(block: Block): HTMLElement {
  const outputs = block.outputs.length > 1 ? block.outputs : [];
  return el(
    'div',
    'flex max-w-104 flex-col gap-1.5 p-2.5 font-sans text-xs',
    el(
      'div',
      'flex items-baseline gap-2',
      el(
        'code',
        'min-w-0 flex-1 font-mono text-xs font-semibold',
        block.name,
        el('span', 'font-normal text-muted', signatureOf(block)),
      ),
      el('span', 'shrink-0 rounded-sm bg-hover px-1.5 text-2xs text-muted', block.group),
    ),
    el('p', 'text-pretty', el('span', 'font-medium', `${block.title}. `), block.help),
    block.inputs.length > 0
      ? el('ul', 'flex flex-col gap-1 border-t border-line pt-1.5', ...block.inputs.map(portLine))
      : null,
    outputs.length > 0
      ? el(
          'ul',
          'flex flex-col gap-1 border-t border-line pt-1.5',
          ...outputs.map(({ name, help }) => line(`.${name}`, help ?? '', '')),
        )
      : null,
    el('p', 'flex justify-between gap-4 text-2xs text-faint', block.source, referenceLink(block)),
  );
}

function referenceLink({ name }: Block): HTMLElement {
  const link = el('a', 'shrink-0 text-accent-text hover:underline', 'Open in the reference');
  link.href = referencePath(name);
  link.target = '_blank';
  return link;
}

const portLine = (port: Port): HTMLElement => line(port.name, port.help, portFacts(port));

const line = (name: string, help: string, facts: string): HTMLElement =>
  el(
    'li',
    'grid grid-cols-[7.5rem_1fr] gap-x-2',
    el('code', 'truncate font-mono text-2xs leading-4 font-medium', name),
    el('span', 'text-muted', help, facts === '' ? null : el('span', 'block text-2xs text-faint', facts)),
  );
