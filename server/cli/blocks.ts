import type { Block } from '#core/formula/block.ts';
import { BLOCKS, findBlock } from '#core/formula/catalogue.ts';
import { printLiteral } from '#core/formula/literal.ts';
import { didYouMean } from '#core/formula/suggest.ts';
import { table } from './table.ts';
import { readArguments, UsageError } from './usage.ts';

/** `alphaloom blocks [NAME]`: the catalogue, or one block of it. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } });
  const [name] = positionals;
  if (name === undefined) {
    console.log(values.json ? JSON.stringify(BLOCKS.map(plain), null, 2) : table(['block', 'group', 'help'], BLOCKS.map((block) => [block.name, block.group, block.help])));
    return 0;
  }
  const block = findBlock(name);
  if (!block) throw new UsageError(`There is no block "${name}".${didYouMean(name, BLOCKS.map((known) => known.name))}`);
  console.log(values.json ? JSON.stringify(plain(block), null, 2) : forPeople(block));
  return 0;
}

const plain = ({ name, title, group, help, source, inputs, outputs }: Block) => ({ name, title, group, help, source, inputs, outputs });

function forPeople(block: Block): string {
  const inputs = table(['input', 'type', 'default', 'help'], block.inputs.map((port) => [port.name, port.type, port.default === undefined ? 'required' : printLiteral(port.default), port.help]));
  const outputs = table(['output', 'type', 'help'], block.outputs.map((output) => [output.name, output.type, output.help ?? '']));
  return [`${block.name}: ${block.title}`, block.help, '', ...(block.inputs.length > 0 ? [inputs, ''] : []), ...(block.outputs.length > 0 ? [outputs, ''] : []), `Source: ${block.source}`].join('\n');
}
