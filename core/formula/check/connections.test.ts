import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findBlock } from '../blocks/catalogue.ts';
import type { Ref } from '../model/formula.ts';
import { arbitraryFormula } from '../testing/arbitrary-formula.ts';
import { connectionsOf } from './connections.ts';
import { whyNotConnect } from './why-not-connect.ts';

test('many questions about one formula have the answers that each has alone', () => {
  fc.assert(
    fc.property(arbitraryFormula({ maxStatements: 5 }), fc.infiniteStream(fc.nat()), (formula, random) => {
      const ids = Object.keys(formula.nodes);
      if (ids.length === 0) return;
      const { whyNot } = connectionsOf(formula);
      const one = <T>(of: readonly T[]): T | undefined => of[(random.next().value ?? 0) % of.length];
      for (let count = 0; count < 40; count += 1) {
        const [from, to] = [one(ids) ?? '', one(ids) ?? ''];
        const outputs = findBlock(formula.nodes[from]?.block ?? '')?.outputs ?? [];
        const output = outputs.length > 1 ? one(outputs)?.name : undefined;
        const wire: Ref = output === undefined ? { from } : { from, output };
        const port = one(findBlock(formula.nodes[to]?.block ?? '')?.inputs ?? [])?.name;
        if (port === undefined) continue;
        expect([from, to, port, whyNot(wire, to, port)]).toEqual([
          from,
          to,
          port,
          whyNotConnect(formula, wire, to, port),
        ]);
      }
    }),
  );
});
