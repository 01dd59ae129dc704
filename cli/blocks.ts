import { BLOCKS, findBlock } from '#core/formula/blocks/catalogue.ts';
import { didYouMean } from '#core/formula/language/suggest.ts';
import { describeBlock, type BlockReference } from '#core/formula/reference/describe-block.ts';
import { groupBlocks } from '#core/formula/reference/groups.ts';
import { table } from './table.ts';
import { readArguments, UsageError } from './usage.ts';

/** `alphaloom blocks [NAME]`: the catalogue, or one block of it. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } });
  const [name] = positionals;
  if (name === undefined) {
    const blocks = groupBlocks().flatMap((group) => group.blocks);
    console.log(
      values.json
        ? JSON.stringify(blocks.map(describeBlock), null, 2)
        : table(
            ['block', 'group', 'help'],
            blocks.map((block) => [block.name, block.group, block.help]),
          ),
    );
    return 0;
  }
  const block = findBlock(name);
  if (!block)
    throw new UsageError(
      `There is no block "${name}".${didYouMean(
        name,
        BLOCKS.map((known) => known.name),
      )}`,
    );
  console.log(values.json ? JSON.stringify(describeBlock(block), null, 2) : forPeople(describeBlock(block)));
  return 0;
}

function forPeople({
  name,
  title,
  help,
  signature,
  inputs,
  outputs,
  reads,
  lookback,
  source,
  example,
}: BlockReference): string {
  return [
    `${name}: ${title}\n${help}`,
    signature,
    ...(inputs.length === 0
      ? []
      : [
          table(
            ['argument', 'type', 'default', 'allowed', 'unit', 'meaning'],
            inputs.map((port) => [
              port.name,
              port.type,
              port.required ? 'required' : port.default,
              port.allowed,
              port.unit,
              port.help,
            ]),
          ),
        ]),
    ...(outputs.length === 0
      ? []
      : [
          table(
            ['output', 'type', 'meaning'],
            outputs.map((output) => [output.name, output.type, output.help]),
          ),
        ]),
    [
      ...(reads.length === 0 ? [] : [`Reads ${reads.join(', ')} of its bars.`]),
      ...(lookback === null ? [] : [`First value behind ${lookback.toLocaleString('en-US')} bars at the defaults.`]),
      `Source: ${source}`,
    ].join('\n'),
    `Example:\n${example.replaceAll(/^(?=.)/gm, '  ')}`,
  ].join('\n\n');
}
