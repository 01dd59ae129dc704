import type { BacktestId } from '#core/requests/ids.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';

/** Records that a backtest was taken out of the organisation, before it is given. */
export function recordDownload(
  caller: Caller,
  download: { readonly id: BacktestId; readonly what: string },
): Promise<void> {
  return act(caller, 'org.read', async ({ happened }) => happened('backtest.downloaded', download));
}
