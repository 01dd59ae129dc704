import { toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Formula, NodeId, Point } from '#core/formula/model/formula.ts';

/** What a new person begins with, and what strangers try. */
const FIRST_CODE = `# Buy a short fall within a long rise, and sell the recovery
input length = 4 in 2..14
input oversold = 25 in 5..40

strength = rsi(close, length)
up = close > sma(close, 200)

buy(when: up and strength < oversold, stop: 8%)
sell(when: strength > 65)
`;

/** As the layout would place the nodes: a first look need not wait for the layout. */
const PLACES: Readonly<Record<NodeId, Point>> = {
  n1: { x: 12, y: 116 },
  n2: { x: 220, y: 12 },
  n3: { x: 220, y: 144 },
  n4: { x: 428, y: 282 },
  n5: { x: 844, y: 224 },
  n6: { x: 636, y: 195 },
  n7: { x: 12, y: 279 },
  n8: { x: 220, y: 250 },
  n9: { x: 636, y: 275 },
  n10: { x: 428, y: 139 },
  n11: { x: 428, y: 195 },
};

export const firstStrategy = (): Formula => ({ ...parse(FIRST_CODE).formula, layout: PLACES });

/** As the server takes it. */
export const firstStrategyText = (): string => toJson(firstStrategy());
