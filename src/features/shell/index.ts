export { BrokenPage } from './broken-page.tsx';
export { Trouble } from './trouble.tsx';
export { AppShell } from './app-shell.tsx';
export { useLiveState, type LiveState } from './live.tsx';
export { useDenial, type Permission } from './permission.ts';
export { Providers } from './providers.tsx';
export { useSession, type Session } from './session.tsx';
export { TONE_CHOICES, useTones, type ToneChoice } from './tones.tsx';
