import { answerTrpc } from '#server/api/answer-trpc.ts';
import { getRuntime } from '#server/runtime.ts';

const handle = (request: Request): Promise<Response> => answerTrpc(getRuntime(), request);

export const dynamic = 'force-dynamic';
export { handle as GET, handle as POST };
