export { ReactFlowProvider } from '@xyflow/react';
export { Canvas } from './canvas.tsx';
export { BLOCK_DRAG } from './drag-type.ts';
export { PortField } from './port-field.tsx';
export { useCanvasCenter } from './use-canvas-center.ts';
