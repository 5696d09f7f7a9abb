import type { Plan, Planner, PredictedDoCommand } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { Asking } from '../../bot/conversation/asking.ts';
import type { Command } from '../../bot/conversation/command.ts';
import { recognise } from '../../bot/conversation/recognise.ts';

/** The one action that a plan may ask for; its parameters are a typed command. */
export const ANSWER = 'answer';

/** A planner without a model: the deterministic recogniser chooses the commands. */
export function recogniserPlanner(asking: (context: TurnContext) => Promise<Asking>): Planner {
  const plan = async (context: TurnContext): Promise<Plan> => {
    const commands = recognise(context.activity.text ?? '', await asking(context));
    return { type: 'plan', commands: commands.map(doing) };
  };
  return { beginTask: plan, continueTask: plan };
}

const doing = (command: Command): PredictedDoCommand => ({
  type: 'DO',
  action: ANSWER,
  parameters: { command },
});
