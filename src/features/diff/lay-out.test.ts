import fc from 'fast-check';
import { expect, test } from 'vitest';
import { align } from '#core/diff/align.ts';
import { diff } from '#core/diff/diff.ts';
import { overlayOf } from '#core/diff/overlay.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { nodeHeight, NODE_WIDTH, placeMissing } from '#features/graph/index.ts';
import { laidOut } from './lay-out.ts';

const formulas = arbitraryFormula({});

test('what is gone covers nothing, and what is there stands where it stands', () => {
  fc.assert(
    fc.property(formulas, formulas, (first, second) => {
      const placed = (formula: Formula): Formula => ({ ...formula, layout: Object.fromEntries(placeMissing(formula)) });
      const [a, b] = [placed(first), placed(second)];
      const after = align(a, b);
      const overlay = overlayOf({ before: a, after, changes: diff(a, b).changes });
      const { layout = {} } = laidOut(overlay);
      for (const id of Object.keys(after.nodes)) expect(layout[id]).toEqual(after.layout?.[id]);
      const boxes = Object.entries(overlay.formula.nodes).flatMap(([id, node]) => {
        const at = layout[id];
        return at ? [{ id, x: at.x, y: at.y, bottom: at.y + nodeHeight(node) }] : [];
      });
      expect(boxes).toHaveLength(Object.keys(overlay.formula.nodes).length);
      for (const gone of boxes.filter(({ id }) => overlay.marks.get(id) === 'removed'))
        for (const other of boxes)
          if (other.id !== gone.id && Math.abs(other.x - gone.x) < NODE_WIDTH)
            expect(other.bottom <= gone.y || gone.bottom <= other.y).toBe(true);
    }),
  );
});
