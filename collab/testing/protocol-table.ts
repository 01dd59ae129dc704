import { readFileSync } from 'node:fs';

/**
 * The transitions of a table under "States" in server/realtime/PROTOCOL.md, as `from event` to the next state. The
 * table is the one behind the line that begins with `title`. A row names the events that it is about; an event that no
 * row names for a state leaves the state as it is.
 */
export function transitionsOf<Kind extends string>(
  title: string,
  kinds: readonly Kind[],
  events: readonly string[],
): ReadonlyMap<string, string> {
  const [, section = ''] = readFileSync('server/realtime/PROTOCOL.md', 'utf8').split(`\n${title}`);
  const table = /(?:^\|.*\|\n)+/m.exec(section)?.[0] ?? '';
  const wanted = new Map(kinds.flatMap((kind) => events.map((event) => [`${kind} ${event}`, kind as string])));
  const named = new Set<string>();
  for (const [, from = '', what = '', to = ''] of table.matchAll(/^\| (.+?) \| (.+?) \| (.+?) \|$/gm)) {
    if (from === 'state' || from.startsWith('---')) continue;
    for (const kind of from === 'any' ? kinds : from.split(', '))
      // What stands behind a colon or in brackets explains.
      for (const event of (what.split(':')[0] ?? '').split(', ').map((name) => name.replace(/ \(.*/, ''))) {
        named.add(event);
        wanted.set(`${kind} ${event}`, to.startsWith('the same') ? kind : (/^\w+/.exec(to)?.[0] ?? ''));
      }
  }
  const missing = events.filter((event) => !named.has(event));
  if (missing.length > 0) throw new Error(`The table "${title}" does not name ${missing.join(', ')}.`);
  if (wanted.size > kinds.length * events.length)
    throw new Error(`The table "${title}" names a state that there is not.`);
  return wanted;
}
