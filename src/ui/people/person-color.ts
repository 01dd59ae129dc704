/** How many colours there are for people. */
export const PERSON_COLORS = 8;

const hash = (text: string): number => {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  return value >>> 0;
};

const own = (userId: string): number => hash(userId) % PERSON_COLORS;
const cssColor = (index: number): string => `var(--thread-${index + 1})`;

/**
 * A person's own colour, the same for everybody who sees them; a CSS colour that follows the theme. Two people may have
 * the same.
 */
export const personColor = (userId: string): string => cssColor(own(userId));

/**
 * The colours of people who are in one place: as different as there are colours for, and the same for everybody who
 * sees the same people. Each has their own colour; of several whose own it is, the one with the first id. The others
 * take what is left, first what is nobody's own, so that somebody who comes changes the colour of as few as possible.
 */
export function colorsOf(userIds: Iterable<string>): ReadonlyMap<string, string> {
  const people = [...new Set(userIds)].toSorted();
  const colors = new Map<string, number>();
  const taken = new Set<number>();
  for (const person of people) {
    if (taken.has(own(person))) continue;
    taken.add(own(person));
    colors.set(person, own(person));
  }
  for (const person of people) {
    if (colors.has(person)) continue;
    const color = choose(person, taken);
    taken.add(color);
    colors.set(person, color);
  }
  return new Map([...colors].map(([person, index]) => [person, cssColor(index)]));
}

/** The free colour that this person likes best; their own when none is free. */
function choose(person: string, taken: ReadonlySet<number>): number {
  const free = Array.from({ length: PERSON_COLORS }, (_, color) => color).filter((color) => !taken.has(color));
  const [best = own(person)] = free.toSorted((a, b) => hash(`${person} ${a}`) - hash(`${person} ${b}`));
  return best;
}
