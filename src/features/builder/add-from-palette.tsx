'use client';
import { useMemo } from 'react';
import { danglingOf, functionBlocks, scopeView } from '#features/graph/index.ts';
import { useAddAt, useCanvasCenter } from './canvas/index.ts';
import { useOpenFunction } from './functions/index.ts';
import { BlockPalette } from './panels/block-palette.tsx';
import { useCanEdit, useFormula, useFormulaSession } from './session/use-session.ts';

/**
 * The palette; a click adds a block in the middle of what is in sight, wired to the node that is selected where that
 * fits.
 */
export function AddFromPalette() {
  const session = useFormulaSession();
  const canEdit = useCanEdit();
  const center = useCanvasCenter();
  const add = useAddAt();
  const whole = useFormula();
  const { scope } = useOpenFunction();
  const shown = useMemo(() => scopeView(whole, scope), [whole, scope]);
  const functions = useMemo(() => functionBlocks(shown), [shown]);
  return (
    <BlockPalette
      functions={functions}
      disabled={!canEdit}
      onAdd={(block) => {
        const { selection } = session.snapshot();
        add(block, center(block), danglingOf(shown, block, selection));
      }}
    />
  );
}
