'use client';
import { addBlock } from '#features/graph/index.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { useCanvasCenter } from './canvas/index.ts';
import { intoScope, standsOutside, useOpenFunction } from './functions/index.ts';
import { BlockPalette } from './panels/block-palette.tsx';
import { useCanEdit, useFormulaSession } from './session/use-session.ts';

/** The palette; a click adds a block in the middle of the canvas. */
export function AddFromPalette() {
  const session = useFormulaSession();
  const canEdit = useCanEdit();
  const center = useCanvasCenter();
  const { scope } = useOpenFunction();
  return (
    <BlockPalette
      disabled={!canEdit}
      onAdd={(block) => {
        if (scope !== null && standsOutside(block.name))
          return void toast.error('Actions and inputs stand outside of functions');
        const added = addBlock(session.snapshot().formula, block, center(block), null);
        session.edit(intoScope(added.edits, scope));
        session.select([added.id]);
      }}
    />
  );
}
