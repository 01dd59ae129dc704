export { AdminAuditPage } from './audit-page.tsx';
export { AdminJobsPage } from './jobs-page.tsx';
export { AdminMailPage } from './mail-page.tsx';
export { AdminOrganisationsPage } from './organisations-page.tsx';
export { AdminOverviewPage } from './overview-page.tsx';
export { AdminUsersPage } from './users-page.tsx';
