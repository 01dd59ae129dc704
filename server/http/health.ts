import type { ServerResponse } from 'node:http';

/** Whether each part that runs in this process can do its work now. */
export type Checks = Readonly<Record<string, () => boolean | Promise<boolean>>>;

/** Long enough for a busy database, short enough for a load balancer. */
const CHECK_TIMEOUT_MS = 2_000;

async function passes(check: () => boolean | Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), CHECK_TIMEOUT_MS)));
  try {
    return await Promise.race([Promise.resolve(check()), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** `GET /healthz`: 200 when every part is up, otherwise 503; the body names each. */
export async function answerHealth(response: ServerResponse, checks: Checks): Promise<void> {
  const parts = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await passes(check)] as const),
  );
  const ok = parts.every(([, up]) => up);
  response.writeHead(ok ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(
    `${JSON.stringify({ ok, ...Object.fromEntries(parts.map(([name, up]) => [name, up ? 'up' : 'down'])) })}\n`,
  );
}
