import type { AttackedServer } from './attack.ts';

/** Calls a procedure that changes something, as the attacker; the text of the answer, whatever that is. */
export async function callAs(
  { origin, cookie }: Pick<AttackedServer, 'origin' | 'cookie'>,
  path: string,
  input: unknown,
): Promise<string> {
  const answer = await fetch(`${origin}/api/trpc/${path}`, {
    method: 'POST',
    headers: { cookie, origin, 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  });
  return answer.text();
}

/** Asks a procedure that reads. */
export async function askAs(
  { origin, cookie }: Pick<AttackedServer, 'origin' | 'cookie'>,
  path: string,
  input: unknown,
): Promise<string> {
  const address = `${origin}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
  return (await fetch(address, { headers: { cookie, origin } })).text();
}

export const idIn = (answer: string): string => /"id":"([^"]+)"/.exec(answer)?.[1] ?? '';
