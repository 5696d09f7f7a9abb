import type { Plan, Planner, PredictedDoCommand } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { Command } from '../../bot/conversation/command.ts';
import { recognise } from '../../bot/conversation/recognise.ts';
import type { NamedDistrict } from '../../bot/directory/district-name.ts';

/** The one action that a plan may ask for; its parameters are a typed command. */
export const ANSWER = 'answer';

/** A planner without a model: the deterministic recogniser chooses the command. */
export function recogniserPlanner(districts: () => Promise<readonly NamedDistrict[]>): Planner {
  const plan = async (context: TurnContext): Promise<Plan> => {
    const command = recognise(context.activity.text ?? '', await districts());
    return { type: 'plan', commands: [doing(command)] };
  };
  return { beginTask: plan, continueTask: plan };
}

const doing = (command: Command): PredictedDoCommand => ({
  type: 'DO',
  action: ANSWER,
  parameters: { command },
});
