export { BrokenPage } from './broken-page.tsx';
export { Trouble } from './trouble.tsx';
export { AppShell } from './app-shell.tsx';
export { useDenial } from './permission.ts';
export { Providers } from './providers.tsx';
export { StrangerSession, useSession } from './session.tsx';
export { TONE_CHOICES, useTones, type ToneChoice } from './tones.tsx';
