/** What a demo scenario is: a named, deterministic story told through the server's own verbs, never by writing rows. */
export interface Scenario {
  /** Sentence shown when it is planted. */
  title: { fr: string; en: string };
  plant(tools: SeedTools): Promise<Planted>;
}

export interface SeedTools {
  /** A random password that a person can type, for a demo account. */
  password(): string;
  /** What was planted is counted at once: a database filled within a minute has no statistics, and plans badly. */
  analyze(): Promise<void>;
}

/** What a scenario planted, as the start command's table shows it at each start. */
export interface Planted {
  addresses: { label: string; path: string }[];
  signIns: { who: string; email: string; password: string; note?: string }[];
}
