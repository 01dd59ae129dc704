import type { PayloadOf } from '#server/queue/definition.ts';
import type { sendReset } from '#server/queue/definitions.ts';
import { writeReset } from '#server/use-cases/account/password.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<PayloadOf<typeof sendReset>> = {
  run: (payload, { db }) => writeReset(db, payload, new Date()),
};
