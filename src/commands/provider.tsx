'use client';
import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Command } from './command.ts';
import { createRegistry, type Registry } from './registry.ts';
import { useShortcuts } from './use-shortcuts.ts';

const RegistryContext = createContext<Registry | null>(null);

function useRegistry(): Registry {
  const registry = use(RegistryContext);
  if (!registry) throw new Error('Commands are used outside of CommandProvider.');
  return registry;
}

const NONE: readonly Command[] = [];

export function CommandProvider({ children }: { readonly children: ReactNode }) {
  const [registry] = useState(createRegistry);
  useShortcuts(registry);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** The commands on offer, followed as they change. */
export function useCommandList(): readonly Command[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.list, () => NONE);
}

/** Offers commands while the calling component is on screen. Keep the list's identity (`useMemo`). */
export function useCommands(commands: readonly Command[]): void {
  const registry = useRegistry();
  useEffect(() => registry.add(commands), [registry, commands]);
}
