import { describe, expect, test } from 'vitest';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { parse } from '#core/formula/language/parse.ts';
import { nodeOf } from '#core/formula/model/formula.ts';
import { chainBlock, nodeAsDrawn } from './chain-view.ts';

/** The help of the node that the first action reads, and of its ports. */
function helpOf(code: string) {
  const { formula } = parse(code);
  const action = Object.values(formula.nodes).find(({ block }) => block === 'buy' || block === 'plot');
  const arg = Object.values(action?.args ?? {})[0];
  const id = typeof arg === 'object' && arg !== null && 'from' in arg ? arg.from : '';
  const node = nodeAsDrawn(formula, id) ?? nodeOf(formula, id);
  const block = node && findBlock(node.block);
  if (!node || !block) throw new Error('the action reads a node');
  const drawn = chainBlock(block, node);
  return [drawn.help, ...drawn.inputs.map(({ help }) => help)];
}

describe('the help of a sign', () => {
  test.each([
    ['and', 'Whether all of them are true.'],
    ['or', 'Whether at least one of them is true.'],
  ])('speaks of all that a chain of `%s` takes, and of both where there are two', (sign, help) => {
    const side = (n: number): string => `close > ${n}`;
    const three = helpOf(`buy(when: ${[1, 2, 3].map(side).join(` ${sign} `)})\n`);
    expect(three).toEqual([help, 'One of them.', 'One of them.', 'One of them.', 'One more.']);
    const [two] = helpOf(`buy(when: ${[1, 2].map(side).join(` ${sign} `)})\n`);
    expect(two).not.toContain('all of them');
  });
});
