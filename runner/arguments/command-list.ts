/** The commands there are, in the order and groups of the help. Each is runner/commands/NAME.ts; a test compares. */

/** A group of commands under one heading. */
export interface CommandGroup {
  readonly title: string;
  readonly names: readonly string[];
}

/** All commands but the default one, which has no name. */
export const commandGroups: readonly CommandGroup[] = [
  { title: "Judge", names: ["check", "run", "compare", "mutate"] },
  { title: "Look", names: ["list", "explain", "posture", "doctor"] },
  { title: "Single configs", names: ["generate", "validate", "diff", "audit"] },
  { title: "Cases of your own", names: ["init"] },
  { title: "For programs", names: ["serve", "smoke", "report"] },
];

/** Names of all commands. */
export const commandNames: readonly string[] = commandGroups.flatMap((group) => group.names);
