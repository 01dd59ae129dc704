import { describeDevice } from '#server/auth/describe-device.ts';
import type { Origin } from './context.ts';

/** Where an act came from, as the audit keeps it. */
export const traceOf = ({ ip, userAgent, requestId, session }: Origin) => ({
  ip,
  device: describeDevice(userAgent),
  requestId: requestId ?? null,
  session: session ?? null,
});
