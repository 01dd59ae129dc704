export { Canvas } from './canvas.tsx';
export { BLOCK_DRAG } from './drag-type.ts';
export { useCanvasCenter } from './use-canvas-center.ts';
