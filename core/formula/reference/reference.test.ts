import { describe, expect, test } from 'vitest';
import { BLOCKS, findBlock } from '../blocks/catalogue.ts';
import { check } from '../check/check.ts';
import { parse } from '../language/parse.ts';
import { describeBlock } from './describe-block.ts';
import { exampleOf, exampleProgram } from './example.ts';
import { groupBlocks } from './groups.ts';
import { referenceMarkdown } from './markdown.ts';
import { typedSignatureOf } from './signature.ts';

const block = (name: string) => findBlock(name) ?? expect.fail(`there is no block ${name}`);

describe.each(BLOCKS.map((declared) => [declared.name, declared] as const))('%s', (name, declared) => {
  test('has an example that is a formula without errors and uses it', () => {
    const { formula, diagnostics } = parse(exampleProgram(declared));
    expect(diagnostics).toEqual([]);
    expect(check(formula).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(Object.values(formula.nodes).some((node) => node.block === name)).toBe(true);
  });

  test('is described whole: nothing is missing or empty', () => {
    const { title, help, source, signature, inputs, outputs, lookback } = describeBlock(declared);
    for (const text of [title, help, source, signature, ...inputs.flatMap((port) => [port.name, port.type, port.help])])
      expect(text.trim()).not.toBe('');
    expect(inputs.map((port) => port.name)).toEqual(declared.inputs.map((port) => port.name));
    expect(outputs.map((output) => output.name)).toEqual(declared.outputs.map((output) => output.name));
    if (declared.kind === 'kernel') expect(lookback).toBeGreaterThanOrEqual(0);
  });
});

test('every block is in a group', () => {
  expect(
    groupBlocks()
      .flatMap(({ blocks }) => blocks.map(({ name }) => name))
      .toSorted(),
  ).toEqual(BLOCKS.map(({ name }) => name).toSorted());
});

test('signatures say what goes in and what comes out', () => {
  expect(typedSignatureOf(block('rsi'))).toBe('rsi(source: series<number>, timePeriod: number = 14) → series<number>');
  expect(typedSignatureOf(block('bbands'))).toMatch(
    /^bbands\(source: .*maType: string = "sma"\) → \{ upper, middle, lower \}$/,
  );
  expect(typedSignatureOf(block('close'))).toBe('close → series<number>');
  expect(typedSignatureOf(block('gt'))).toBe('a > b → series<bool>');
  expect(typedSignatureOf(block('not'))).toMatch(/^not \w+ → series<bool>$/);
  expect(typedSignatureOf(block('past'))).toBe('x[bars] → any');
  expect(typedSignatureOf(block('buy'))).toContain('size?: size, stop?: level');
});

test('a port says its default, range and unit', () => {
  expect(describeBlock(block('rsi')).inputs[1]).toMatchObject({
    default: '14',
    allowed: 'whole, 2 to 100,000',
    unit: 'bars',
  });
  expect(describeBlock(block('rsi')).inputs[0]).toMatchObject({ required: true, default: '', allowed: '' });
  expect(describeBlock(block('bbands')).inputs.find(({ name }) => name === 'maType')).toMatchObject({
    default: '"sma"',
    allowed: expect.stringContaining('"ema"'),
  });
  expect(describeBlock(block('atr')).inputs.find(({ name }) => name === 'feed')).toMatchObject({
    required: false,
    default: '',
  });
});

test('lookback is that of the defaults', () => {
  expect(describeBlock(block('rsi')).lookback).toBe(14);
  expect(describeBlock(block('macd')).lookback).toBe(33);
  expect(describeBlock(block('buy')).lookback).toBeNull();
});

test('examples write the defaults out', () => {
  expect(exampleOf(block('macd'))).toBe('macd(close, 12, 26, 9)');
  expect(exampleOf(block('atr'))).toBe('atr(14)');
  expect(exampleOf(block('gt'))).toBe('close > sma(close, 20)');
  expect(exampleOf(block('past'))).toBe('close[1]');
  // No number is e to the power of a price of the S&P 500.
  expect(exampleOf(block('exp'))).toBe('exp(close / open - 1)');
  expect(exampleOf(block('sqrt'))).toBe('sqrt(close)');
});

describe('the printed reference', () => {
  const markdown = referenceMarkdown();

  test('has every block once, with its link among the contents', () => {
    for (const { name } of BLOCKS) {
      expect(markdown.split(`<a id="block-${name}"></a>`), name).toHaveLength(2);
      expect(markdown.split(`(#block-${name})`), name).toHaveLength(2);
    }
  });

  test('has tables of one width, whatever stands in a cell', () => {
    const piped = { ...block('rsi'), inputs: [{ name: 'x', type: 'series<number>' as const, help: 'one | other' }] };
    const rows = referenceMarkdown([piped])
      .split('\n')
      .filter((line) => line.startsWith('| '));
    expect(rows.slice(0, 3).map((row) => row.split(/(?<!\\)\|/).length)).toEqual([8, 8, 8]);
  });

  test('says all there is to say of one', () => {
    expect(referenceMarkdown([block('atr')])).toMatchInlineSnapshot(`
      "# Blocks

      Every block of the formula language, made from its catalogue.

      - **Indicators**: [\`atr\`](#block-atr)

      ## Indicators

      Averages, bands, oscillators and the other studies of prices and volume.

      ### <a id="block-atr"></a>\`atr\`: Average true range

      Wilder's average of the true range: how much a bar moves.

      \`\`\`
      atr(timePeriod: number = 14, feed?: feed) → series<number>
      \`\`\`

      | argument | type | default | allowed | unit | meaning |
      | --- | --- | --- | --- | --- | --- |
      | \`timePeriod\` | \`number\` | \`14\` | whole, 1 to 100,000 | bars | Bars to look back over. Also called \`length\`, \`period\`, \`window\`, \`timeperiod\`. |
      | \`feed\` | \`feed\` | none |  |  | The bars to work on; the bot's own when left out. |

      | output | type | meaning |
      | --- | --- | --- |
      | \`value\` | \`series<number>\` |  |

      Reads high, low, close of its bars.

      First value behind 14 bars at the defaults.

      Source: TA-Lib 0.6

      Example:

      \`\`\`
      atr(14)
      \`\`\`
      "
    `);
  });
});
