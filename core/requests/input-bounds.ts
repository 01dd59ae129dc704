/** What the inputs of one request may have; a sweep, which has most, has about 20,000 pieces. */
export interface InputBounds {
  /** Lists and objects within each other. */
  readonly depth: number;
  /** Lists, objects, commas and texts, the names of fields among them. */
  readonly pieces: number;
}

export const INPUT_BOUNDS: InputBounds = { depth: 32, pieces: 50_000 };

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * What is wrong with the size of JSON text, before anything is made of it; null if nothing is. Looks at each byte once
 * at most, and at none after the first that is too many. Text that is no JSON is counted like JSON up to where a parser
 * stops.
 *
 * @param json UTF-8.
 */
export function boundsProblem(json: Uint8Array, bounds: InputBounds = INPUT_BOUNDS): string | null {
  let [depth, pieces] = [0, 0];
  for (let at = 0; at < json.length; at += 1) {
    switch (json[at]) {
      case QUOTE:
        pieces += 1;
        at = endOfText(json, at);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        pieces += 1;
        depth += 1;
        if (depth > bounds.depth)
          return `The request has lists within lists more than ${bounds.depth} deep. Send it flatter.`;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth -= 1;
        break;
      case COMMA:
        pieces += 1;
        break;
      default:
    }
    if (pieces > bounds.pieces)
      return `The request has more than ${bounds.pieces.toLocaleString('en')} values. Send less at once.`;
  }
  return null;
}

/** Where the quote is that ends the text which begins at `start`; the end of all if there is none. */
function endOfText(json: Uint8Array, start: number): number {
  for (let at = start + 1; at < json.length; at += 1) {
    if (json[at] === QUOTE) return at;
    if (json[at] === BACKSLASH) at += 1;
  }
  return json.length;
}
