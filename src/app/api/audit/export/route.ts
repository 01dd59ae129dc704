import { handleAuditExport } from '#server/api/audit/export.ts';
import { getRuntime } from '#server/runtime.ts';

export const dynamic = 'force-dynamic';
export const GET = (request: Request): Promise<Response> => handleAuditExport(getRuntime(), request);
