/** Whether a text says that it is a history, so that people need not say it. Looks at its beginning alone. */
export const isHistoryText = (text: string): boolean =>
  /^\s*\{\s*"format"\s*:\s*"alphaloom\/history@/.test(text.slice(0, 200));
