import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';

/** Whoever takes the audit home is in it. */
export const recordAuditDownload = (caller: Caller): Promise<void> =>
  act(caller, 'audit.read', async ({ principal, happened }) => {
    happened('audit.downloaded', { orgId: principal.orgId });
  });
