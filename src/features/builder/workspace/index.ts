export { useWorkspace, WorkspaceProvider } from './provider.tsx';
export { useBlockHabits } from './use-block-habits.ts';
export { usePaneToggles } from './use-pane-toggles.tsx';
