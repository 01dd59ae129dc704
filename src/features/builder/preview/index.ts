export { PreviewDock } from './preview-dock.tsx';
export { PreviewProvider, usePreview } from './provider.tsx';
export { usePreviewCommands } from './use-preview-commands.tsx';
