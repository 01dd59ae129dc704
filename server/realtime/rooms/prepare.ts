import type { IncomingMessage } from 'node:http';
import { CLOSE } from '#collab/messages.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import type { Config } from '#server/config/config.ts';
import type { Database } from '#server/db/database.ts';
import { isAppError } from '#server/errors.ts';
import { clientAddress } from '#server/network/client-address.ts';
import type { Log } from '#server/observability/log.ts';
import { setAsideIfUnreadable } from '#server/use-cases/document/set-aside.ts';
import { DocumentGone, type DocumentStore } from '../documents/document-store.ts';
import { TooManyDocuments, type Documents } from '../documents/documents.ts';
import { admit, type Admitted, type Refusal } from './admit.ts';
import { LoadsOwed, type Prepared, type Sockets } from './sockets.ts';

interface Tools {
  readonly db: Database;
  readonly config: Config;
  readonly log: Log;
  readonly documents: Documents;
  readonly store: Pick<DocumentStore, 'endsOf'>;
  readonly sockets: Pick<Sockets, 'payForLoad'>;
}

export type Prepare = (request: IncomingMessage) => Promise<Result<Prepared, Refusal>>;

/** Looks at who asks and loads the document, before the socket is opened (A1, A2). */
export const createPrepare =
  (tools: Tools): Prepare =>
  async (request) => {
    try {
      const admitted = await admit(tools, request);
      return admitted.ok ? ok(await load(tools, admitted.value, request)) : admitted;
    } catch (error) {
      return err(refusalOf(error, tools.log));
    }
  };

async function load(
  { db, log, documents, store, sockets }: Tools,
  admitted: Admitted,
  request: IncomingMessage,
): Promise<Prepared> {
  const id = { orgId: admitted.actor.orgId, formulaId: admitted.formulaId };
  const pay = (bytes: number) => sockets.payForLoad(admitted.actor, clientAddress(request), bytes);
  const lease = await documents.open(id, pay).catch((error: unknown) => setAsideIfUnreadable({ db, log }, id, error));
  // After it: no epoch before that of the document in memory is still to end.
  try {
    return { admitted, lease, ended: admitted.left.length > 0 ? await store.endsOf(id, admitted.left) : [] };
  } catch (error) {
    lease.release();
    throw error;
  }
}

function refusalOf(error: unknown, log: Log): Refusal {
  if (isAppError(error) && error.code === 'UNREADABLE')
    return { code: CLOSE.unreadable, reason: 'What is stored of this strategy is damaged.' };
  if (error instanceof DocumentGone) return { code: CLOSE.notFound, reason: error.message };
  if (error instanceof TooManyDocuments || error instanceof LoadsOwed)
    return { code: CLOSE.tryAgainLater, reason: error.message };
  log.error({ err: error }, 'a formula could not be opened');
  return { code: CLOSE.tryAgainLater, reason: 'The strategy could not be opened. Try again in a moment.' };
}
