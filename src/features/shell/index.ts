export { BrokenPage } from './broken-page.tsx';
export { Trouble } from './trouble.tsx';
export { AppShell } from './app-shell.tsx';
export type { LiveState } from './live-state.ts';
export { useLiveState } from './live.tsx';
export { useDenial, type Permission } from './permission.ts';
export { Providers } from './providers.tsx';
export { useSession, type Session } from './session.tsx';
export { TONE_CHOICES, useTones, type ToneChoice } from './tones.tsx';
