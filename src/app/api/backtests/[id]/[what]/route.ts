import { handleBacktestExport } from '#server/api/backtest/export.ts';
import { getRuntime } from '#server/runtime.ts';

export const dynamic = 'force-dynamic';
export const GET = async (
  request: Request,
  { params }: { readonly params: Promise<{ id: string; what: string }> },
): Promise<Response> => handleBacktestExport(getRuntime(), request, await params);
