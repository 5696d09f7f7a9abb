/** Something that happened to a return. */
export type StoryLine = {
  /** Undefined where it is not known when. */
  at: Date | undefined;
  /** Whether it belongs to a whole London day rather than to an instant. */
  isDay?: true;
  text: string;
};
