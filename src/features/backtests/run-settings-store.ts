import { createEmitter } from '#core/emitter/emitter.ts';
import { DEFAULT_SETTINGS, settingsFrom, type Settings } from '#core/engine/outcome/settings.ts';

const KEY = 'backtest-settings';

const changed = createEmitter<void>();
/** What was read last, so that the same text gives the same object. */
let latest: { readonly text: string | null; readonly settings: Settings } = { text: null, settings: DEFAULT_SETTINGS };

/** The settings of the last run in this browser. */
export const runSettings = {
  read(): Settings {
    const text = stored();
    if (text !== latest.text) latest = { text, settings: settingsIn(text) };
    return latest.settings;
  },
  write(settings: Settings): void {
    localStorage.setItem(KEY, JSON.stringify(settings));
    changed.emit();
  },
  /** Told when a run is asked for in this tab. */
  subscribe: changed.subscribe,
};

/** Storage may be closed to the page. */
function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function settingsIn(text: string | null): Settings {
  try {
    const read: unknown = JSON.parse(text ?? 'null');
    return typeof read === 'object' && read !== null ? settingsFrom(read) : DEFAULT_SETTINGS;
  } catch {
    return DEFAULT_SETTINGS;
  }
}
