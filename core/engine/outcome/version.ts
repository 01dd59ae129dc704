/**
 * Kept with results and with the states of bots: raised whenever the same question gets another answer, or a state
 * another form.
 */
export const ENGINE_VERSION = '10';
