import { forgetOldEpochs, rebaseQuietDocuments } from '#server/use-cases/document/maintain-documents.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<Record<string, never>> = {
  run: async (_payload, context) => {
    await rebaseQuietDocuments(context);
    await forgetOldEpochs(context);
  },
};
