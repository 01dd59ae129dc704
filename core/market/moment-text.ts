/** A time to the minute, or to the second where that matters; days without their midnight. UTC. */
export const momentText = (time: number): string =>
  new Date(time)
    .toISOString()
    .slice(0, time % 60_000 === 0 ? 16 : 19)
    .replace('T', ' ')
    .replace(/ 00:00$/, '');
