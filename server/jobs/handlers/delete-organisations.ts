import { deleteDueOrganisations } from '#server/use-cases/team/delete-organisation.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<Record<string, never>> = {
  run: (_payload, { db }) => deleteDueOrganisations(db, new Date()),
};
