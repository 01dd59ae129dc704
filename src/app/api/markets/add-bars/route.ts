import { handleBarsToAdd } from '#server/api/market/import.ts';
import { getRuntime } from '#server/runtime.ts';

export const dynamic = 'force-dynamic';
export const POST = (request: Request): Promise<Response> => handleBarsToAdd(getRuntime(), request);
