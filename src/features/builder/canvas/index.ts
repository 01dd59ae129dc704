export { Canvas } from './canvas.tsx';
export { BLOCK_DRAG, draggedBlock } from './drag-type.ts';
export { useCanvasCenter } from './use-canvas-center.ts';
export { useAddAt } from './use-add-at.ts';
