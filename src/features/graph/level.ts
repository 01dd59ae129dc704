/**
 * What a node shows at a zoom: its fields; or, where they could not be read, its title, as large as it fits; or its
 * colour alone.
 */
export type Level = 'fields' | 'titles' | 'colours';

/** Below this, the text of fields is smaller than six pixels. */
const FIELDS_FROM = 0.55;
/** Below this, a node is too narrow for three letters. */
const TITLES_FROM = 0.16;

export const levelOf = (zoom: number): Level =>
  zoom >= FIELDS_FROM ? 'fields' : zoom >= TITLES_FROM ? 'titles' : 'colours';

/** The height of titles on the screen, in pixels, as long as they are drawn large. */
const TITLE_PIXELS = 13;
/** Titles grow in steps: a step of zoom that changes none of them draws nothing anew. */
const STEP = 1.18;

/** The size of titles in the graph, so that they can be read at this zoom: for the level of titles. */
export function titleSize(zoom: number): number {
  const least = Math.max(TITLES_FROM, Math.min(FIELDS_FROM, zoom));
  const steps = Math.floor(Math.log(FIELDS_FROM / least) / Math.log(STEP) + 1e-9);
  return Math.round((TITLE_PIXELS / FIELDS_FROM) * STEP ** steps);
}
