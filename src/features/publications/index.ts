export { PolicyPanel } from './policy-panel.tsx';
export { PublicationsPage } from './publications-page.tsx';
export { PublishDialog } from './publish-dialog.tsx';
