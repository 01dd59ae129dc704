/** From this part of a quota on, people are told how room is made. */
const NEAR = 0.8;

export type UsageLevel = 'well' | 'near' | 'full';

/** How near the limit something is. A quota of nothing is full. */
export function usageLevel(used: number, most: number): UsageLevel {
  if (used >= most) return 'full';
  return used >= NEAR * most ? 'near' : 'well';
}
