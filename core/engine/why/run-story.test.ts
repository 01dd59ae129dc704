import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expand } from '#core/formula/functions/expand.ts';
import { parse } from '#core/formula/language/parse.ts';
import { isRef, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { reasonsIn, type Reason } from '#core/formula/why/reason.ts';
import type { Bars } from '#core/market/bars.ts';
import { DEFAULT_SETTINGS, type Settings } from '../outcome/settings.ts';
import { Preview, type PreviewRun } from '../preview.ts';
import { arbitrarySettings } from '../testing/arbitrary-settings.ts';
import { arbitraryBars, barsFrom } from '../testing/bars.ts';
import type { BarStory } from './decision.ts';

function runOf(formula: Formula, bars: Bars, settings: Settings = DEFAULT_SETTINGS): PreviewRun | null {
  const run = new Preview(bars).run(formula, settings);
  return run.ok ? run.value : null;
}

const storyOf = (code: string, closes: readonly number[], settings: Partial<Settings> = {}) => {
  const { formula, diagnostics } = parse(code);
  expect(diagnostics).toEqual([]);
  const bars = barsFrom(closes.map((close) => [close, close + 1, close - 1, close] as const));
  const run = runOf(formula, bars, { ...DEFAULT_SETTINGS, ...settings });
  if (!run) throw new Error('the formula has errors');
  return { formula, run, at: (bar: number) => run.story.at(bar) };
};

const textOf = (story: BarStory, kind: string): string =>
  story.decisions.find((decision) => decision.kind === kind)?.text ?? '';

/** All nodes that a node is made of, itself included. */
function ancestorsOf({ nodes }: Formula, id: NodeId): ReadonlySet<NodeId> {
  const found = new Set([id]);
  for (const one of found) for (const arg of Object.values(nodes[one]?.args ?? {})) if (isRef(arg)) found.add(arg.from);
  return found;
}

const isHonest = (reason: Reason): boolean => {
  if (reason.kind !== 'condition' || reason.needs === 'alone') return true;
  return reason.parts.length > 0;
};

test('of every bar and action: what is told agrees with the signals, orders and values of the run', () => {
  fc.assert(
    fc.property(
      arbitraryFormula({ maxStatements: 8 }),
      arbitraryBars(60),
      arbitrarySettings([0, 1]),
      (formula, bars, settings) => {
        const run = runOf(formula, bars, settings);
        if (!run) return;
        const { formula: plain, origins } = expand(formula);
        const ordered = new Set(run.result.signals.map(({ bar, node }) => `${bar} ${node}`));
        for (let bar = 0; bar < bars.length; bar += 1)
          for (const { node, outcome, reason } of run.story.at(bar).decisions) {
            const isActing = outcome === 'ordered' || outcome === 'told';
            // A limit that takes the place of its equal is placed anew, and told nobody.
            if (ordered.has(`${bar} ${node}`)) expect(isActing).toBe(true);
            else if (outcome === 'told') expect.fail('an info was told without a signal');
            if (outcome === 'idle') expect(reason.value).not.toBe(1);
            else if (outcome !== 'over') expect(reason.value).toBe(1);
            const made = [...ancestorsOf(plain, node)].map((id) => origins.get(id)?.id ?? id);
            for (const one of reasonsIn(reason)) {
              expect(made).toContain(one.node);
              expect(one.bar).toBeLessThanOrEqual(bar);
              expect(isHonest(one)).toBe(true);
            }
          }
      },
    ),
    { numRuns: 15 * SCALE },
  );
});

test('what is held at each close is what the formula itself reads as its position', () => {
  const entries = fc.record({
    action: fc.constantFrom('buy', 'short'),
    when: fc.constantFrom('close > open', 'close < open', 'close > close[1]', 'high > 101'),
    stop: fc.constantFrom('', ', stop: 3%', ', target: 4%', ', trail: 2%', ', limit: 1%, expires: 3'),
    adds: fc.constantFrom('', ', adds: 2'),
  });
  fc.assert(
    fc.property(
      fc.array(entries, { minLength: 1, maxLength: 3 }),
      arbitraryBars(60),
      arbitrarySettings([0, 1]),
      (some, bars, settings) => {
        const code = some.map(({ action, when, stop, adds }) => `${action}(when: ${when}, size: 40%${stop}${adds})`);
        const { formula } = parse(`held = position.size\n${code.join('\n')}\nsell(when: close < close[2])`);
        const run = runOf(formula, bars, settings);
        if (!run) return;
        const held = Object.keys(formula.nodes).find((id) => formula.nodes[id]?.name === 'held') ?? '';
        const sizes = run.series(held, 'value');
        for (let bar = 0; bar < bars.length; bar += 1) {
          const story = run.story.at(bar);
          const size = sizes instanceof Float64Array ? (sizes[bar] ?? 0) : 0;
          if (!Number.isNaN(size)) expect(story.units).toBeCloseTo(size, 9);
          for (const { outcome, kind } of story.decisions) {
            if (outcome === 'flat') expect(size * (kind === 'sell' ? 1 : -1)).toBeLessThanOrEqual(0);
            if (outcome === 'held') expect(size * (kind === 'buy' ? 1 : -1)).toBeGreaterThan(0);
          }
        }
      },
    ),
    { numRuns: 30 * SCALE },
  );
});

test('an entry says when it was filled, and that it does nothing while its position is open', () => {
  const { at } = storyOf('buy(when: close > 100)\nsell(when: close < 95)', [99, 101, 102, 103, 94, 93, 92]);
  expect(textOf(at(0), 'buy')).toBe('buy did not happen: `close > 100` was false: close 99');
  expect(textOf(at(1), 'buy')).toBe(
    'buy was ordered, and filled at 102 on the next bar. Its condition was true: close 101 > 100',
  );
  expect(textOf(at(3), 'buy')).toMatch(/^buy did nothing: a position of [\d.]+ long is open since a bar ago\./);
  expect(textOf(at(5), 'sell')).toMatch(/^sell did nothing: nothing is held/);
  expect(at(5).happenings).toMatchObject([{ decidedAt: 4, text: expect.stringContaining('by its exit') }]);
});

test('of each trade, the bars that decided are those on which its actions were signalled', () => {
  fc.assert(
    fc.property(
      arbitraryFormula({ maxStatements: 8 }),
      arbitraryBars(60),
      arbitrarySettings([0]),
      (formula, bars, settings) => {
        const run = runOf(formula, bars, settings);
        for (const { entryBar, entryPrice, entryNode, exitBar, exitPrice, exitNode, reason } of run?.result.trades ??
          []) {
          const entry = run?.story.decidingBar({ bar: entryBar, reason: 'entry', price: entryPrice }) ?? -1;
          const exit = run?.story.decidingBar({ bar: exitBar, reason, price: exitPrice }) ?? -1;
          const outcomeOf = (bar: number, node: NodeId) =>
            run?.story.at(bar).decisions.find((decision) => decision.node === node)?.outcome;
          expect(entry).toBeLessThanOrEqual(entryBar);
          expect(outcomeOf(entry, entryNode)).toBe('ordered');
          if (exitNode === undefined) expect(exit).toBe(exitBar);
          else expect(outcomeOf(exit, exitNode)).toBe('ordered');
        }
      },
    ),
    { numRuns: 40 * SCALE },
  );
});

test('an order that is rejected says why', () => {
  const { at } = storyOf('buy(when: close > 100, size: units(1000000))', [99, 101, 102, 103]);
  expect(textOf(at(1), 'buy')).toMatch(/^buy was ordered, and rejected on the next bar: /);
  expect(textOf(storyOf('short(when: close > 100)', [99, 101, 102], { short: false }).at(1), 'short')).toMatch(
    /^short was rejected: Shorting is switched off/,
  );
});

test('a stop is told as what closed the position', () => {
  const { at } = storyOf('buy(when: close > 100, stop: 5%)', [99, 101, 102, 90, 89]);
  expect(at(3).happenings.map(({ text }) => text)).toEqual([expect.stringMatching(/^Sold .*, by its stop$/)]);
});
