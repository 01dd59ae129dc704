import { resealSeeds } from '#server/use-cases/account/totp.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<Record<string, never>> = {
  run: async (_payload, { db, sealer, log }) => {
    const count = await resealSeeds(db, sealer);
    if (count > 0) log.info({ count, keyId: sealer.keyId }, 'secrets sealed anew');
  },
};
