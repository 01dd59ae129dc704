import { idOf, type UserId } from '#core/requests/ids.ts';

/** What somebody looks for; empty where anything will do. Days as `2026-01-31`. */
export interface AuditFilter {
  readonly who: string;
  readonly what: string;
  readonly thing: string;
  readonly from: string;
  readonly to: string;
  readonly ip: string;
  readonly device: string;
  readonly request: string;
}

export const ANYTHING: AuditFilter = {
  who: '',
  what: '',
  thing: '',
  from: '',
  to: '',
  ip: '',
  device: '',
  request: '',
};

export interface AuditQuery {
  readonly actorId?: UserId;
  readonly action?: string;
  readonly entityId?: string;
  readonly from?: number;
  readonly to?: number;
  readonly ip?: string;
  readonly device?: string;
  readonly requestId?: string;
}

const DAY_MS = 86_400_000;
/** The server takes years of four digits. */
const EARLIEST = Date.UTC(1000, 0, 1);

const dayOf = (text: string): number | null => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return text === '' || Number.isNaN(at) || at < EARLIEST ? null : at;
};

/** As the server is asked: from the beginning of the first day to the end of the last. */
export function queryOf({ who, what, thing, from, to, ip, device, request }: AuditFilter): AuditQuery {
  const [first, last] = [dayOf(from), dayOf(to)];
  return {
    ...(who === '' ? {} : { actorId: idOf('user', who) }),
    ...(what === '' ? {} : { action: what }),
    ...(thing === '' ? {} : { entityId: thing }),
    ...(first === null ? {} : { from: first }),
    ...(last === null ? {} : { to: last + DAY_MS }),
    ...(ip === '' ? {} : { ip }),
    ...(device === '' ? {} : { device }),
    ...(request === '' ? {} : { requestId: request }),
  };
}
