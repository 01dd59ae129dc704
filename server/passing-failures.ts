/**
 * The database is not there: shut down, not up yet, full, or the line to it is broken. By SQLSTATE or the code of the
 * driver or the system.
 */
export const AWAY: readonly string[] = [
  // the classes of connection_exception
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  // too_many_connections
  '53300',
  // admin_shutdown, crash_shutdown, cannot_connect_now
  '57P01',
  '57P02',
  '57P03',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
];

/** The database was too busy for it: serialization_failure, deadlock_detected, and the three limits of time. */
const BUSY: readonly string[] = ['40001', '40P01', '57014', '55P03', '25P03'];

const PASSING: ReadonlySet<string> = new Set([...AWAY, ...BUSY]);

/** Whether the same read may well succeed a moment later. */
export function isPassing(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth++)
    if ('code' in at && typeof at.code === 'string' && PASSING.has(at.code)) return true;
  return false;
}
