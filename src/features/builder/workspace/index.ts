export { useWorkspace, WorkspaceProvider } from './provider.tsx';
