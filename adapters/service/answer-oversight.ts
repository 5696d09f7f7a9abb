import { authorise, type Permission } from '../../bot/access/permissions.ts';
import { peopleOf, type Person } from '../../bot/access/people.ts';
import { dayFrom, londonDay, mondayOf } from '../../bot/calendar/london.ts';
import type { OversightCommand } from '../../bot/conversation/families.ts';
import type { Look } from '../../bot/look.ts';
import { measureOverTime, type MeasureOverTime } from '../../bot/oversight/over-time.ts';
import type { TwoDistricts } from '../../bot/oversight/side-by-side.ts';
import { OWED_FORMS, type Form } from '../../bot/returns/measure.ts';
import { formName } from '../../bot/returns/return.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import type { HelpView } from '../../cards/views.ts';
import { districtView, missingView } from '../presenting/commissioner-cards.ts';
import { lateAgainView } from '../presenting/late-again-card.ts';
import { overTimeView } from '../presenting/over-time-card.ts';
import { promisesView } from '../presenting/promises-card.ts';
import { measureSideBySideView, sideBySideView } from '../presenting/side-by-side-card.ts';
import { whatChangedView } from '../presenting/what-changed-card.ts';
import { districtsToShow, likelyMeasures } from '../presenting/likely.ts';
import { approvalsCard } from './approve.ts';
import { chaseDistrict } from './chase-district.ts';
import { note } from './notes.ts';
import { permitted, type Turn } from './permit.ts';
import { findingsCard } from './show-findings.ts';
import { ruleTrialCard } from './try-rule.ts';

type Of<N extends OversightCommand['name']> = Extract<OversightCommand, { name: N }>;

/** Answers what is asked of the districts. */
export async function answerOnOversight(turn: Turn, command: OversightCommand): Promise<Card> {
  const { now, service } = turn;
  switch (command.name) {
    case 'who is missing':
      return allowed(turn, 'see what is outstanding', undefined, () =>
        renderCard('missing', missingView(now, service.isLocal)),
      );
    case 'late again':
      return allowed(turn, 'see who is late again', undefined, () =>
        renderCard('by-district', lateAgainView(now)),
      );
    case 'show district':
      return allowed(turn, 'see a district', command.district, (who) =>
        renderCard('district', districtView(command.district, now, who)),
      );
    case 'chase district':
      return allowed(turn, 'chase a district', command.district, (who) =>
        chaseDistrict(turn, command.district, who),
      );
    case 'compare districts':
      return compareDistricts(turn, command);
    case 'measure over time':
      return showOverTime(turn, command);
    case 'overdue promises':
      return allowed(turn, 'see promises', undefined, () =>
        renderCard('by-district', promisesView(now)),
      );
    case 'what changed':
      return allowed(turn, 'see what changed', undefined, () =>
        renderCard('by-district', whatChangedView(now, sinceWhen(command, now))),
      );
    case 'show findings':
      return allowed(turn, 'see the findings', command.district, () =>
        findingsCard(now, command.district),
      );
    case 'what can be approved':
      return allowed(turn, 'see what can be approved', undefined, () => approvalsCard(now));
    case 'try rule':
      return allowed(turn, 'try a rule', undefined, () => ruleTrialCard(now, command.text));
    case 'which district':
      return whichDistrict(turn, command);
    case 'which second district':
      return allowed(turn, 'compare districts', command.district, () =>
        whichSecond(turn, command.district),
      );
  }
}

const allowed = (
  turn: Turn,
  permission: Permission,
  district: string | undefined,
  run: (who: Person) => Card | Promise<Card>,
): Promise<Card> =>
  permitted(
    turn,
    permission,
    district,
    (who) => (district === undefined || isListed(turn, district) ? run(who) : notListed(district)),
    (refusal) => refusal,
  );

/** Since the week began, where no day is named. */
const sinceWhen = ({ since }: Of<'what changed'>, { at }: Look): string =>
  dayFrom(since ?? '') ?? mondayOf(londonDay(at));

const isListed = ({ now }: Turn, district: string): boolean =>
  now.reading.districts.some(({ name }) => name === district);

const notListed = (district: string): Card =>
  note('I do not know that district', `The districts list has no “${district}”.`);

function compareDistricts(turn: Turn, command: Of<'compare districts'>): Promise<Card> {
  const [one, other] = command.districts;
  return allowed(turn, 'compare districts', one, () =>
    allowed(turn, 'compare districts', other, () => {
      if (one === other) return whichSecond(turn, one);
      return sideBySide(turn, [one, other], command.measure);
    }),
  );
}

function sideBySide({ now }: Turn, two: TwoDistricts, measure: string | undefined): Card {
  if (measure === undefined) return renderCard('side-by-side', sideBySideView(two, now));
  const over = measureMeant(measure, now);
  return 'over' in over
    ? renderCard('side-by-side', measureSideBySideView(over.over, two, now))
    : over.instead;
}

/** A measure of the termly returns, or what to say where it is none. */
function measureMeant(id: string, now: Look): { over: MeasureOverTime } | { instead: Card } {
  const over = measureOverTime(id, now);
  if (over && isOwed(over.measure.form)) return { over };
  if (over) {
    return {
      instead: note(
        `“${over.measure.question}” is on the ${formName(over.measure.form)}`,
        'I can show the figures of the two termly returns. Please look in its list for this one.',
      ),
    };
  }
  const unread = now.reading.unreadMeasures.find((one) => one.id === id);
  return {
    instead: unread
      ? note(
          'I cannot look that up just now',
          `The column of “${unread.question}” cannot be read at the moment.`,
          'attention',
        )
      : note('I do not know that figure', 'The measures list has no such question now.'),
  };
}

const isOwed = (form: Form): boolean => (OWED_FORMS as readonly Form[]).includes(form);

/** A lead who names no district means their own. */
async function showOverTime(turn: Turn, command: Of<'measure over time'>): Promise<Card> {
  const own = ownDistricts(turn);
  const district = command.district ?? (own.length === 1 ? own[0] : undefined);
  if (district === undefined && own.length > 0) {
    return allowed(turn, 'see a measure over time', own[0], () =>
      whichOfOwn(turn, own, command.measure),
    );
  }
  return allowed(turn, 'see a measure over time', district, () =>
    overTime(turn, district, command.measure),
  );
}

/** Of who may not see every district. */
function ownDistricts({ actor, now }: Turn): readonly string[] {
  const entries = peopleOf(now.reading.people, actor);
  if (entries.some(({ role }) => role === 'Commissioner')) return [];
  return entries.find(({ role }) => role === 'District lead')?.districts ?? [];
}

function overTime(turn: Turn, district: string | undefined, id: string | undefined): Card {
  const { now } = turn;
  if (id === undefined) return whichMeasure(turn, district);
  const meant = measureMeant(id, now);
  if ('instead' in meant) return meant.instead;
  return renderCard('over-time', overTimeView(meant.over, district, now));
}

const ask = (
  { service }: Turn,
  headline: string,
  intro: string,
  examples: HelpView['examples'],
): Card => renderCard('help', { headline, intro, examples, isLocal: service.isLocal });

function whichMeasure(turn: Turn, district: string | undefined): Card {
  const where = district === undefined ? '' : ` in ${district}`;
  return ask(
    turn,
    'Which figure?',
    'Please name it as the return does, or choose one of these.',
    likelyMeasures(turn.now).map(({ question }) => ({
      title: `${question}${where}`,
      say: `${question}${where} over time`,
    })),
  );
}

function whichOfOwn(turn: Turn, own: readonly string[], id: string | undefined): Card {
  const measure = id === undefined ? undefined : measureOverTime(id, turn.now)?.measure;
  if (!measure) return whichMeasure(turn, undefined);
  const examples = own.map((district) => ({
    title: district,
    say: `${measure.question} in ${district} over time`,
  }));
  return ask(turn, 'In which district?', 'You lead several.', examples);
}

/** Only what may be seen is offered. */
async function whichDistrict(turn: Turn, { of }: Of<'which district'>): Promise<Card> {
  const { actor, now } = turn;
  const permission = of === 'chase district' ? 'chase a district' : 'see a district';
  const verb = of === 'chase district' ? 'Chase' : 'Show';
  const districts = districtsToShow(
    now,
    (district) => authorise(now.reading.people, actor, permission, district).allowed,
  );
  return allowed(turn, permission, districts[0], () =>
    ask(
      turn,
      'Which district?',
      districts[0] ? `Please name it too, such as “${verb.toLowerCase()} ${districts[0]}”.` : '',
      districts.map((district) => ({
        title: `${verb} ${district}`,
        say: `${verb.toLowerCase()} ${district}`,
      })),
    ),
  );
}

const whichSecond = (turn: Turn, district: string): Card =>
  ask(
    turn,
    `Compare ${district} with which district?`,
    'Please name the other too, or choose one of these.',
    districtsToShow(turn.now, (other) => other !== district).map((other) => ({
      title: other,
      say: `compare ${district} and ${other}`,
    })),
  );
