import type { Command } from './command.ts';

/**
 * The commands in which every word of the query is found, the nearest first, whatever their group. What cannot be done
 * now comes where it would otherwise, so that nothing else takes its place.
 */
export function rankCommands(commands: readonly Command[], query: string): readonly Command[] {
  const whole = query.trim().toLowerCase();
  const words = whole.split(/\s+/);
  return commands
    .map((command) => ({
      command,
      distance:
        command.title.toLowerCase() === whole ? 0 : words.reduce((sum, word) => sum + distance(command, word), 1),
    }))
    .filter(({ distance: far }) => Number.isFinite(far))
    .sort((a, b) => a.distance - b.distance || a.command.title.length - b.command.title.length)
    .map(({ command }) => command);
}

/**
 * What a search shows: commands, and what else was found by name. A command of one place that cannot be done now is
 * shown only where nothing else is found, so that the search never says that there is none.
 */
export function findCommands(
  commands: readonly Command[],
  things: readonly Command[],
  query: string,
  canRun: (command: Command) => boolean,
): readonly Command[] {
  const found = rankCommands([...commands.filter((command) => canRun(command) || !command.isLocal), ...things], query);
  // The server finds parts of words, too: those come last.
  const rest = things.filter((thing) => !found.includes(thing));
  return found.length + rest.length > 0 ? [...found, ...rest] : rankCommands(commands, query);
}

/** The farther from how the title begins a word is found, the more; Infinity where it is not. */
function distance({ title, keywords = [], group }: Command, word: string): number {
  const words = title.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const others = keywords.flatMap((keyword) => keyword.toLowerCase().split(/\s+/));
  if (words[0] === word) return 0;
  if (words.includes(word)) return 1;
  if (words[0]?.startsWith(word)) return 2;
  if (words.some((part) => part.startsWith(word))) return 3;
  if (others.includes(word)) return 4;
  if (others.some((part) => part.startsWith(word))) return 5;
  if (group.toLowerCase().startsWith(word)) return 8;
  return word.length > 2 && title.toLowerCase().includes(word) ? 10 : Number.POSITIVE_INFINITY;
}
