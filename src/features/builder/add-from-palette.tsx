'use client';
import { danglingOf } from '#features/graph/index.ts';
import { useAddAt, useCanvasCenter } from './canvas/index.ts';
import { BlockPalette } from './panels/block-palette.tsx';
import { useCanEdit, useFormulaSession } from './session/use-session.ts';

/**
 * The palette; a click adds a block in the middle of what is in sight, wired to the node that is selected where that
 * fits.
 */
export function AddFromPalette() {
  const session = useFormulaSession();
  const canEdit = useCanEdit();
  const center = useCanvasCenter();
  const add = useAddAt();
  return (
    <BlockPalette
      disabled={!canEdit}
      onAdd={(block) => {
        const { formula, selection } = session.snapshot();
        add(block, center(block), danglingOf(formula, block, selection));
      }}
    />
  );
}
