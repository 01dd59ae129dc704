export { SecurityPage } from './security-page.tsx';
export { SessionsPage } from './sessions-page.tsx';
export { SettingsIndex } from './settings-index.tsx';
export { SettingsPage } from './settings-page.tsx';
