/** What somebody asks for in words. A recogniser, or a planner with a model, only ever chooses one of these. */
export type Command =
  | { name: 'help' }
  | { name: 'who is missing' }
  | { name: 'show district'; district: string }
  | { name: 'chase district'; district: string }
  | { name: 'what is due' }
  | { name: 'link practitioner' }
  | { name: 'next clinic' }
  | { name: 'show findings'; district?: string }
  | { name: 'what can be approved' }
  /** The rule as it was written: `try rule schoolCaseload >= activelySupportedSchools`. */
  | { name: 'try rule'; text: string }
  | { name: 'which district'; of: 'show district' | 'chase district' }
  | { name: 'not understood' };

export type CommandName = Command['name'];
