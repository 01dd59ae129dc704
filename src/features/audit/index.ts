export { AuditPage } from './audit-page.tsx';
export { AuditTable, type AuditRow } from './audit-table.tsx';
export { VerifyAudit } from './verify-audit.tsx';
