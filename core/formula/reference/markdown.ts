import { BLOCKS } from '../blocks/catalogue.ts';
import type { Block } from '../model/block.ts';
import { argumentHelp, describeBlock, type BlockReference } from './describe-block.ts';
import { groupBlocks } from './groups.ts';

/** The reference of all blocks as one Markdown document. */
export function referenceMarkdown(blocks: readonly Block[] = BLOCKS): string {
  const groups = groupBlocks(blocks);
  const contents = groups.map(
    (group) =>
      `- **${group.title}**: ${group.blocks.map(({ name }) => `[\`${name}\`](#${anchorOf(name)})`).join(', ')}`,
  );
  const sections = groups.flatMap((group) => [
    `## ${group.title}`,
    group.help,
    ...group.blocks.map((block) => blockMarkdown(describeBlock(block))),
  ]);
  const about = 'Every block of the formula language, made from its catalogue.';
  return `${['# Blocks', about, contents.join('\n'), ...sections].join('\n\n')}\n`;
}

/** The place of a block within the document: `#block-rsi`. Prefixed, since `Price` is the heading of a group. */
const anchorOf = (name: string): string => `block-${name}`;

function blockMarkdown(block: BlockReference): string {
  return [
    `### <a id="${anchorOf(block.name)}"></a>\`${block.name}\`: ${cell(block.title)}`,
    block.help,
    code(block.signature),
    ...(block.inputs.length === 0
      ? []
      : [
          table(
            ['argument', 'type', 'default', 'allowed', 'unit', 'meaning'],
            block.inputs.map((port) => [
              `\`${port.name}\``,
              `\`${port.type}\``,
              port.required ? 'required' : port.default === '' ? 'none' : `\`${port.default}\``,
              port.allowed,
              port.unit,
              argumentHelp(port),
            ]),
          ),
        ]),
    ...(block.outputs.length === 0
      ? []
      : [
          table(
            ['output', 'type', 'meaning'],
            block.outputs.map(({ name, type, help }) => [`\`${name}\``, `\`${type}\``, help]),
          ),
        ]),
    ...(block.reads.length === 0 ? [] : [`Reads ${block.reads.join(', ')} of its bars.`]),
    ...(block.lookback === null
      ? []
      : [`First value behind ${block.lookback.toLocaleString('en-US')} bars at the defaults.`]),
    `Source: ${block.source}`,
    'Example:',
    code(block.example),
  ].join('\n\n');
}

const code = (text: string): string => ['```', text, '```'].join('\n');

/** A pipe ends a cell, and a line break the row. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
