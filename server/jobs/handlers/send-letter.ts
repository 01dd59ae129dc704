import type { PayloadOf } from '#server/queue/definition.ts';
import type { sendLetter as definition } from '#server/queue/definitions.ts';
import { giveUpLetter, sendLetter } from '#server/use-cases/mail/send-letter.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<PayloadOf<typeof definition>> = {
  run: ({ letterId }, { db, letters }) => sendLetter({ db, now: new Date(), ...letters }, letterId),
  giveUp: (unit, { letterId }) => giveUpLetter(unit, letterId),
};
