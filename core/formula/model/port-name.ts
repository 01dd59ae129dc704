const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether a word is such as code can name a statement. */
export const isName = (word: string): boolean => NAME.test(word);

/**
 * Whether a word can be the name of an argument, and so of a parameter: not what every object has, such as
 * `constructor`, which arguments that are looked up by their names would seem to have.
 */
export const isPortName = (word: string): boolean => isName(word) && !(word in Object.prototype);
