const NO_DECLARATION =
  'This line is not needed here: a strategy has its name above, and money and costs are asked for when it is run. Delete the line.';
const CONDITIONS =
  'There is no `if` here. An action takes its condition: `buy(when: crossover(fast, slow))`; a value is chosen by `where(condition, a, b)`.';
const NO_LOOP =
  'There are no loops here: each line holds at every bar. Windows look back, such as `highest(high, 20)`.';
const DRAWN = 'Nothing needs to be drawn by code here: select the node and press D to draw its values on the charts.';
const NO_KEYWORD = 'A value needs no word before its name: write `name = …`.';
const FUNCTIONS = 'A function is written in one statement: `fn name(a, b) = …`.';

/** What people write who know Pine, Python, JavaScript or MQL, by the word with which the line begins. */
const FOREIGN: Readonly<Record<string, string>> = {
  indicator: NO_DECLARATION,
  study: NO_DECLARATION,
  library: NO_DECLARATION,
  import: NO_DECLARATION,
  from: NO_DECLARATION,
  if: CONDITIONS,
  else: CONDITIONS,
  elif: CONDITIONS,
  switch: CONDITIONS,
  for: NO_LOOP,
  while: NO_LOOP,
  plot: DRAWN,
  plotshape: DRAWN,
  hline: DRAWN,
  fill: DRAWN,
  bgcolor: DRAWN,
  barcolor: DRAWN,
  var: NO_KEYWORD,
  varip: NO_KEYWORD,
  let: NO_KEYWORD,
  const: NO_KEYWORD,
  float: NO_KEYWORD,
  int: NO_KEYWORD,
  bool: NO_KEYWORD,
  def: FUNCTIONS,
  function: FUNCTIONS,
  class: FUNCTIONS,
  return: 'There is no `return` here: the last value of a function is what it gives, and actions do the rest.',
  alert: 'A signal is an action here: `info(when: condition, note: "text")` tells you without an order.',
  alertcondition: 'A signal is an action here: `info(when: condition, note: "text")` tells you without an order.',
};

/** Orders of Pine, by what follows `strategy.`. */
const ORDERS: Readonly<Record<string, string>> = {
  entry: 'An entry is an action with its condition: `buy(when: …)`, or `short(when: …)`.',
  order:
    'An order is an action with its condition: `buy(when: …)`, `sell(when: …)`, `short(when: …)`, `cover(when: …)`.',
  exit: 'An exit stands at its entry: `buy(when: …, stop: 5%, target: 10%)`; or is an action, `sell(when: …)`.',
  close: 'A position is closed by an action: `sell(when: …)`, or `cover(when: …)` of a short one.',
  close_all: 'A position is closed by an action: `sell(when: …)`, or `cover(when: …)` of a short one.',
};

const own = (words: Readonly<Record<string, string>>, word: string): string | null =>
  Object.hasOwn(words, word) ? (words[word] ?? null) : null;

/**
 * What to write instead of a statement of another language; null of a word that none of them begins with. `member` is
 * the name behind a dot.
 */
export function foreignStatement(word: string, member: string | null): string | null {
  if (word !== 'strategy') return own(FOREIGN, word);
  return member === null ? NO_DECLARATION : own(ORDERS, member);
}
