import { id, text, time } from '../fields.ts';

/** What narrows the audit down. */
export const auditFilter = {
  actorId: id('user').optional(),
  action: text(100).optional(),
  entity: text(100).optional(),
  entityId: text(200).optional(),
  from: time.optional(),
  to: time.optional(),
  ip: text(64).optional(),
  device: text(100).optional(),
  requestId: text(100).optional(),
};
