'use client';
import { addBlock } from '#features/graph/index.ts';
import { useCanvasCenter } from './canvas/index.ts';
import { BlockPalette } from './panels/block-palette.tsx';
import { useCanEdit, useFormulaSession } from './session/use-session.ts';

/** The palette; a click adds a block in the middle of the canvas. */
export function AddFromPalette() {
  const session = useFormulaSession();
  const canEdit = useCanEdit();
  const center = useCanvasCenter();
  return (
    <BlockPalette
      disabled={!canEdit}
      onAdd={(block) => {
        const added = addBlock(session.snapshot().formula, block, center(block), null);
        session.edit(added.edits);
        session.select([added.id]);
      }}
    />
  );
}
