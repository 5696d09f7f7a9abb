import type { Plan, Planner, PredictedDoCommand } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { Command } from '../../bot/conversation/command.ts';
import { LATE } from './patience.ts';

/** The actions that a plan may ask for: to answer a typed command, … */
export const ANSWER = 'answer';
/** … or to answer when it is known what was asked. */
export const ANSWER_LATER = 'answer later';

/** What was said, as commands; or, where that takes too long, as what will become of it. */
type Understood = readonly Command[] | { later: Promise<readonly Command[]> };

/** A planner without a model: whoever understands what was said chooses the commands, one action for each. */
export function commandPlanner(understand: (context: TurnContext) => Promise<Understood>): Planner {
  const plan = async (context: TurnContext): Promise<Plan> => {
    const understood = await understand(context);
    const commands =
      'later' in understood
        ? [doing(ANSWER_LATER, { commands: understood.later })]
        : understood.map((command) => doing(ANSWER, { command }));
    return { type: 'plan', commands };
  };
  return { beginTask: plan, continueTask: plan };
}

const doing = (action: string, parameters: Record<string, unknown>): PredictedDoCommand => ({
  type: 'DO',
  action,
  parameters,
});

/** What is understood in time, and otherwise when it is. */
export const inTimeOrLater = async (
  understood: Promise<readonly Command[]>,
  soon: (work: Promise<readonly Command[]>) => Promise<readonly Command[] | typeof LATE>,
): Promise<Understood> => {
  const came = await soon(understood);
  return came === LATE ? { later: understood } : came;
};
