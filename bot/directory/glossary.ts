/** A row of the glossary: a word of the service, and what it means. */
export type GlossaryEntry = {
  /** `actively supported`. */
  name: string;
  otherNames: readonly string[];
  meaning: string;
};
