export { HistoryPage } from './lazy-history-page.tsx';
export { HistoryPanel } from './lazy-history-panel.tsx';
export { VersionPicker } from './version-picker.tsx';
