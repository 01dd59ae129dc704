'use client';
import { useSyncExternalStore } from 'react';
import { DEFAULT_SETTINGS, type Settings } from '#core/engine/outcome/settings.ts';
import { runSettings } from './run-settings-store.ts';

const atFirst = (): Settings => DEFAULT_SETTINGS;

/** The settings of the last run in this browser, as they are now. */
export const useRunSettings = (): Settings => useSyncExternalStore(runSettings.subscribe, runSettings.read, atFirst);
