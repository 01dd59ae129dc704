'use client';
import { createContext, use } from 'react';
import { personColor } from './person-color.ts';

/** The colours of people in one place, by their id; whoever is not among them has their own. */
export const PersonColors = createContext<ReadonlyMap<string, string>>(new Map());

export function usePersonColor(userId: string): string {
  return use(PersonColors).get(userId) ?? personColor(userId);
}
