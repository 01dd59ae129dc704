export { NodeValue } from './node-value.tsx';
export { PreviewDock } from './preview-dock.tsx';
export { PreviewProvider } from './provider.tsx';
