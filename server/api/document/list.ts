import { listDocuments } from '#server/use-cases/document/manage-documents.ts';
import { orgProcedure } from '../trpc.ts';

export const list = orgProcedure('document.manage', 'read').query(({ ctx }) => listDocuments(ctx));
