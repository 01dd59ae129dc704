import { DEFAULT_SETTINGS, type Settings } from '#core/engine/settings.ts';

const KEY = 'backtest-settings';

/** The settings of the last run in this browser. */
export const runSettings = {
  read(): Settings {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
      return typeof stored === 'object' && stored !== null ? { ...DEFAULT_SETTINGS, ...known(stored) } : DEFAULT_SETTINGS;
    } catch {
      return DEFAULT_SETTINGS;
    }
  },
  write: (settings: Settings): void => localStorage.setItem(KEY, JSON.stringify(settings)),
};

/** What is of the type that the setting has today. */
function known(stored: object): Partial<Settings> {
  const defaults: Readonly<Record<string, unknown>> = { ...DEFAULT_SETTINGS };
  return Object.fromEntries(Object.entries(stored).filter(([name, value]) => name in defaults && typeof value === typeof defaults[name]));
}
