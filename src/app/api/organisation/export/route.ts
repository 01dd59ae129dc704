import { handleOrganisationExport } from '#server/api/organisation/export.ts';
import { getRuntime } from '#server/runtime.ts';

export const dynamic = 'force-dynamic';
export const GET = (request: Request): Promise<Response> => handleOrganisationExport(getRuntime(), request);
