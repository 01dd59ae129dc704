/**
 * What keeps a process alive or listens in it, counted by kind: timers, sockets, servers, children, ports of threads,
 * listeners of the process.
 */
export type OpenThings = ReadonlyMap<string, number>;

/** Kinds that end by themselves and leave nothing open: a read of a file, a look-up of a name. */
const PASSING = /^(FSReq|GetAddrInfoReq|GetNameInfoReq|DNS|Immediate|CloseReq|RandomBytes|PBKDF2|Scrypt|Zlib|.*Job)/;

export function openThings(): OpenThings {
  const counts = new Map<string, number>();
  const count = (kind: string, more = 1): void => void counts.set(kind, (counts.get(kind) ?? 0) + more);
  for (const kind of process.getActiveResourcesInfo()) if (!PASSING.test(kind)) count(kind);
  for (const name of process.eventNames())
    count(`listener for ${String(name)} of the process`, process.listenerCount(name));
  return counts;
}

/** What is open now and was not open before, in words. */
export const leftBehind = (before: OpenThings, now: OpenThings): string[] =>
  [...now].flatMap(([kind, count]) => {
    const more = count - (before.get(kind) ?? 0);
    return more > 0 ? [`${more} × ${kind}`] : [];
  });
