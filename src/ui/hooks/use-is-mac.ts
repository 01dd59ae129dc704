'use client';
import { useSyncExternalStore } from 'react';

/** Of the machine that one sits at; what keys are called follows from it. */
export const isMac = (): boolean => /Mac|iP(hone|[oa]d)/.test(navigator.platform);

const never = () => () => undefined;

/** The same for what is drawn on the server too, which can't know. */
export const useIsMac = (): boolean => useSyncExternalStore(never, isMac, () => false);
