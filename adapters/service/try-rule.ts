import { tryRule } from '../../bot/findings/trial.ts';
import type { Look } from '../../bot/look.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { ruleTrialView } from '../presenting/rule-trial.ts';

/** What a rule would have raised on the returns held, for whoever thinks of switching it on. */
export const ruleTrialCard = ({ reading }: Look, text: string): Card =>
  renderCard('rule-trial', ruleTrialView(tryRule(text, reading), reading.notChecked));
