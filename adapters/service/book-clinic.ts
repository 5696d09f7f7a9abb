import { peopleOf } from '../../bot/access/people.ts';
import { shortInstant } from '../../bot/calendar/london.ts';
import type { ClinicWish } from '../../bot/conversation/command.ts';
import { sencosAt, type Senco } from '../../bot/directory/asked-about.ts';
import {
  book,
  cancel,
  hasPlace,
  isClinicFor,
  type Booked,
  type Cancelled,
} from '../../bot/directory/booking.ts';
import { bySoonest, clinicsAmong, clinicsWanted, isOfAnyDay } from '../../bot/directory/clinics.ts';
import { canonicalDistrict } from '../../bot/directory/district-name.ts';
import { placesLeft, type Clinic, type School } from '../../bot/directory/directory.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import {
  clinicsView,
  daysInWords,
  MOST_CLINICS,
  noClinicView,
  type Around,
} from '../presenting/clinic-cards.ts';
import { phaseInWords } from '../presenting/directory-cards.ts';
import { clinicHeld, writePlaces, type Held } from '../sharepoint/directory-items.ts';
import { isPassing } from '../sharepoint/retry.ts';
import { asSenco } from './as-senco.ts';
import { note } from './notes.ts';
import { permitted, type Turn } from './permit.ts';
import type { Acted, Press } from './pressed-card.ts';
import { inHaste } from './service.ts';

/** What a button on a clinic carries. */
type Pressed = { clinic: string; shown: string };

export const bookClinic = (press: Press, pressed: Pressed): Promise<Acted> =>
  pressedBy(press, 'book a clinic', pressed, takePlace);

export const cancelBooking = (press: Press, pressed: Pressed): Promise<Acted> =>
  pressedBy(press, 'cancel a booking', pressed, giveBack);

/** What became of a place, where the clinic can be shown as it stands now. */
type Settled = {
  kind: 'booked' | 'already' | 'full' | 'cancelled' | 'not booked' | 'over';
  clinic: Clinic;
};
type Done = Settled | { kind: 'not open to you'; clinic: Clinic } | { kind: Unsettled };
type Unsettled = 'no e-mail' | 'no such clinic' | 'busy' | 'not sure';

type Deed = (turn: Turn, clinic: string, senco: Senco) => Promise<Done>;

/**
 * For the school that the clinic is for. The pressed card changes in place; one of no clinics, or a
 * refusal, is answered below it.
 */
async function pressedBy(
  press: Press,
  permission: 'book a clinic' | 'cancel a booking',
  { clinic, shown }: Pressed,
  deed: Deed,
): Promise<Acted> {
  const wanted = press.now.reading.directory.clinics.find(({ id }) => id === clinic);
  return asSenco<Acted>(
    press,
    permission,
    async (senco) => {
      const done = await deed(press, clinic, senco);
      const ids = shown === '' ? [] : shown.split(',');
      const card = cardOf(press, senco, done, ids);
      return ids.includes(clinic) && isSettled(done) ? { inPlace: card } : { reply: card };
    },
    (reply) => ({ reply }),
    (school) => wanted !== undefined && isClinicFor(wanted, school),
  );
}

/** How often a row may change between being read and being written. */
const MOST_ROUNDS = 20;

/** Takes a place for a SENCO: decided on the row as it is, and again where it changed meanwhile. */
const takePlace: Deed = async (turn, id, { who, school }) => {
  const { name, email } = who;
  const done = await changePlaces(turn, id, (clinic) =>
    book(clinic, school, { name, email }, turn.now.at),
  );
  return untoldElsewhere(done, 'not open to you', school);
};

/** Gives a SENCO's place back. */
const giveBack: Deed = async (turn, id, { who, school }) => {
  const done = await changePlaces(turn, id, (clinic) => cancel(clinic, who.email, turn.now.at));
  return untoldElsewhere(done, 'not booked', school);
};

/** Of a clinic of another district where a SENCO has no place, nothing is told. */
function untoldElsewhere(done: Done, kind: Done['kind'], { district }: School): Done {
  const isElsewhere = 'clinic' in done && done.clinic.district !== district;
  return isElsewhere && done.kind === kind ? { kind: 'no such clinic' } : done;
}

/**
 * An attempt whose answer was lost may have been carried out: a place that is found taken by the same
 * person in a later round is the one that was asked for.
 */
async function changePlaces(
  turn: Turn,
  id: string,
  decide: (clinic: Clinic | undefined) => Booked | Cancelled,
): Promise<Done> {
  try {
    for (let round = 1; round <= MOST_ROUNDS; round += 1) {
      const held = await clinicNow(turn, id);
      const decided = decide(held?.row);
      if (!held || decided.kind === 'no such clinic') return { kind: 'no such clinic' };
      if (decided.kind === 'no e-mail') return { kind: decided.kind };
      const { row: clinic } = held;
      if (decided.kind !== 'booked' && decided.kind !== 'cancelled') {
        return { kind: round > 1 ? afterAll(decided.kind) : decided.kind, clinic };
      }
      if (await writePlaces(turn.service.site, held, decided)) {
        turn.service.log.info(
          { actor: turn.actor, clinic: id, what: decided.kind },
          'a clinic place',
        );
        const { booked, bookings } = decided;
        return { kind: decided.kind, clinic: { ...clinic, booked, bookings } };
      }
    }
  } catch (error) {
    if (!isPassing(error)) throw error;
    turn.service.log.warn({ err: error, clinic: id }, 'whether a place was taken is not clear');
    return { kind: 'not sure' };
  }
  return { kind: 'busy' };
}

type Undecided = Exclude<Settled['kind'], 'booked' | 'cancelled'> | 'not open to you';

function afterAll(kind: Undecided): Undecided | 'booked' | 'cancelled' {
  if (kind === 'already') return 'booked';
  return kind === 'not booked' ? 'cancelled' : kind;
}

async function clinicNow({ service, now }: Turn, id: string): Promise<Held<Clinic> | undefined> {
  const held = await clinicHeld(service.site, id);
  if (!held) return undefined;
  const district = canonicalDistrict(held.row.district, now.reading.districts);
  return { ...held, row: { ...held.row, district: district ?? held.row.district } };
}

const isSettled = (done: Done): done is Settled =>
  'clinic' in done && done.kind !== 'not open to you';

/** The clinics that a card showed, as they stand now, with what became of one of them. */
function cardOf(turn: Turn, senco: Senco, done: Done, shown: readonly string[]): Card {
  if (!('clinic' in done)) return note(...NOT_SETTLED[done.kind]);
  if (!isSettled(done)) return forOthers(done.clinic);
  const { kind, clinic } = done;
  const clinics = turn.now.reading.directory.clinics.map((one) =>
    one.id === clinic.id ? clinic : one,
  );
  const others = clinics.filter(
    (one) => shown.includes(one.id) && one.district === senco.school.district,
  );
  const next = kind === 'full' ? nextFree(clinics, senco, turn.now.at) : undefined;
  const all = [...new Set([clinic, ...others, ...(next ? [next] : [])])]
    .slice(0, MOST_CLINICS)
    .sort(bySoonest);
  const around = said(done, next);
  const given = kind === 'cancelled' ? clinic : undefined;
  return renderCard('clinics', clinicsView(all, forSenco({ ...turn, senco }), around, given));
}

const forSenco = ({ now, senco }: Turn & { senco: Senco }) => ({
  directory: now.reading.directory,
  at: now.at,
  senco: { school: senco.school, email: senco.who.email },
});

const amongOf = ({ school }: Senco) => ({ districts: [school.district], phase: school.phase });

const nextFree = (clinics: readonly Clinic[], senco: Senco, at: Date): Clinic | undefined =>
  clinicsAmong(clinics, amongOf(senco), at).find(
    (clinic) => placesLeft(clinic) > 0 && !hasPlace(clinic, senco.who.email),
  );

const IF_NOT = 'If you cannot come, please cancel, so that somebody else can.';

const nextInWords = (next: Clinic | undefined): string =>
  next ? `The next with a place is ${shortInstant(next.starts)}.` : '';

/** What is said above the clinics. */
function said({ kind, clinic }: Settled, next: Clinic | undefined): Around {
  const when = shortInstant(clinic.starts);
  switch (kind) {
    case 'booked':
      return { headline: `You have a place: ${when}`, tone: 'good', text: IF_NOT };
    case 'already':
      return { headline: `You have a place already: ${when}`, text: IF_NOT };
    case 'cancelled':
      return {
        headline: `Your place is given back: ${when}`,
        tone: 'good',
        text: 'Somebody else can have it now.',
      };
    case 'not booked':
      return { headline: `You have no place to cancel: ${when}` };
    case 'full':
      return {
        headline: `That clinic is full: ${when}`,
        tone: 'attention',
        text: nextInWords(next),
      };
    case 'over':
      return { headline: `That clinic has begun: ${when}`, text: 'Its places stay as they are.' };
  }
}

const NOT_SETTLED: Record<Unsettled, [headline: string, text: string]> = {
  'no e-mail': [
    'I have no e-mail address for you',
    'The people list has none, and a booking needs one. Please ask a commissioner to put it in.',
  ],
  'no such clinic': ['There is no such clinic', 'The clinics list does not have it any more.'],
  busy: ['That was not done', 'Many people are booking at this moment. Please try again.'],
  'not sure': [
    'I cannot tell yet whether that worked',
    'SharePoint does not answer at the moment. Please ask “my bookings” in a few minutes. Pressing again never takes a second place.',
  ],
};

const NO_SUCH_CLINIC = note(...NOT_SETTLED['no such clinic']);

const forOthers = ({ phase, district }: Clinic): Card =>
  note('That clinic is for others', `It is for ${phaseInWords(phase)} in ${district}.`);

/**
 * Books the one clinic that is meant, for the school that it is for; of several, the next with a place is
 * shown with its button.
 */
export async function bookInWords(patient: Turn, wish: ClinicWish): Promise<Card> {
  const turn = { ...patient, service: inHaste(patient.service, 'nothing') };
  return asSenco(
    turn,
    'book a clinic',
    () => {
      const sencos = sencosMeant(turn, wish);
      if (sencos.length === 0) return elsewhere(turn, wish);
      const choice = choiceOf(turn, sencos, wish);
      const one = meant(wish, choice.open.map(clinicIn), choice.free.map(clinicIn));
      return one ? bookOne(turn, one) : whichToBook(turn, wish, choice);
    },
    (instead) => instead,
    ({ district }) => district === wish.district,
  );
}

/** At each of their schools, or at those in the district that they name. */
function sencosMeant({ actor, now }: Turn, { district }: ClinicWish): Senco[] {
  const { people, directory } = now.reading;
  return sencosAt(peopleOf(people, actor), directory).filter(
    ({ school }) => district === undefined || school.district === district,
  );
}

const elsewhere = (turn: Turn, { district }: ClinicWish): Promise<Card> =>
  permitted(
    turn,
    'book a clinic',
    district,
    () => NO_SUCH_CLINIC,
    (refusal) => refusal,
  );

const bookOne = (turn: Turn, clinic: Clinic): Promise<Card> =>
  asSenco(
    turn,
    'book a clinic',
    async (senco) => cardOf(turn, senco, await takePlace(turn, clinic.id, senco), [clinic.id]),
    (instead) => instead,
    (school) => isClinicFor(clinic, school),
  );

/** A clinic as somebody may come to it: as SENCO of the school that it is for. */
type Offer = { clinic: Clinic; senco: Senco };

const clinicIn = ({ clinic }: Offer): Clinic => clinic;

const isMine = ({ clinic, senco }: Offer): boolean => hasPlace(clinic, senco.who.email);

type Choice = {
  sencos: readonly Senco[];
  fitting: readonly Clinic[];
  open: readonly Offer[];
  free: readonly Offer[];
};

function choiceOf({ now }: Turn, sencos: readonly Senco[], wish: ClinicWish): Choice {
  const { clinics } = now.reading.directory;
  const theirs = new Set(
    sencos.flatMap((senco) => clinicsWanted(clinics, amongOf(senco), wish, now.at)),
  );
  const fitting = [...theirs].sort(bySoonest);
  const open = fitting.flatMap((clinic) => {
    const senco = sencos.find(({ school }) => isClinicFor(clinic, school));
    return senco ? [{ clinic, senco }] : [];
  });
  const free = open.filter((offer) => placesLeft(offer.clinic) > 0 && !isMine(offer));
  return { sencos, fitting, open, free };
}

/** The one clinic that somebody means, where it is clear: by its day, its place in the row, or as the only one. */
function meant(
  { on, nth, mode, ...wish }: ClinicWish,
  open: readonly Clinic[],
  free: readonly Clinic[],
): Clinic | undefined {
  if (nth !== undefined) return free[nth - 1];
  if (on !== undefined && open.length === 1) return open[0];
  const isNarrowed = on !== undefined || mode !== undefined || !isOfAnyDay(wish);
  return free.length === 1 && (isNarrowed || open.length === 1) ? free[0] : undefined;
}

function whichToBook(turn: Turn, wish: ClinicWish, choice: Choice): Card {
  const { sencos, fitting, open, free } = choice;
  const shown = (offers: readonly [Offer, ...Offer[]], around: Around) => {
    const of = forSenco({ ...turn, senco: offers[0].senco });
    return renderCard('clinics', clinicsView(offers.map(clinicIn), of, around));
  };
  const [first] = free;
  if (first) {
    return shown([first], {
      headline: `Shall I book ${shortInstant(first.clinic.starts)}?`,
      text:
        free.length === 1
          ? 'It is the only one with a place for you. Press “Book a place”.'
          : `It is the next of ${free.length} with a place. Press “Book a place”, or ask for “all clinics”.`,
    });
  }
  const [mine, ...more] = open.filter(isMine).slice(0, MOST_CLINICS);
  if (mine) return shown([mine, ...more], { headline: 'You have a place', text: IF_NOT });
  const [full, ...others] = open.slice(0, MOST_CLINICS);
  if (full) {
    const next = nextOffer(turn, sencos);
    return shown(next ? [next] : [full, ...others], {
      headline: open.length === 1 ? 'That clinic is full' : 'They are all full',
      tone: 'attention',
      text: nextInWords(next?.clinic),
    });
  }
  const [other] = fitting;
  return other ? forOthers(other) : noneWished(turn, wish, sencos);
}

/** The next that is free for them at any of their schools. */
function nextOffer({ now }: Turn, sencos: readonly Senco[]): Offer | undefined {
  const each = sencos.flatMap((senco) => {
    const clinic = nextFree(now.reading.directory.clinics, senco, now.at);
    return clinic ? [{ clinic, senco }] : [];
  });
  return each.sort((a, b) => bySoonest(a.clinic, b.clinic))[0];
}

function noneWished(turn: Turn, wish: ClinicWish, sencos: readonly Senco[]): Card {
  const [senco] = sencos;
  const phases = [...new Set(sencos.map(({ school }) => school.phase))];
  const [phase] = phases;
  const among = {
    districts: [...new Set(sencos.map(({ school }) => school.district))],
    ...(phase && phases.length === 1 ? { phase } : {}),
  };
  return senco
    ? renderCard('clinics', noClinicView(wish, among, forSenco({ ...turn, senco })))
    : NO_SUCH_CLINIC;
}

/** Cancels the one booking that is meant; asks which of several. */
export function cancelInWords(patient: Turn, wish: ClinicWish): Promise<Card> {
  const turn = { ...patient, service: inHaste(patient.service, 'nothing') };
  return asSenco(
    turn,
    'cancel a booking',
    async (senco) => {
      const mine = bookingsOf({ ...turn, senco }, wish);
      const one = wish.nth === undefined ? mine[0] : mine[wish.nth - 1];
      if (one && (mine.length === 1 || wish.nth !== undefined)) {
        return cardOf(turn, senco, await giveBack(turn, one.id, senco), [one.id]);
      }
      return bookingsCard({ ...turn, senco }, mine, {
        headline: 'Which of your places shall I cancel?',
        none: ['You have no place', daysInWords(wish), 'to cancel'],
      });
    },
    (instead) => instead,
  );
}

/** What somebody has booked with the bot. */
export const myBookings = (turn: Turn): Promise<Card> =>
  asSenco(
    turn,
    'see own bookings',
    (senco) => {
      const mine = bookingsOf({ ...turn, senco }, {});
      const headline = mine.length === 1 ? 'You have a place' : `You have ${mine.length} places`;
      return bookingsCard({ ...turn, senco }, mine, { headline, none: ['You have no place yet'] });
    },
    (instead) => instead,
  );

/** Clinics to come at which a SENCO has a place, in whatever district and phase. */
export function bookingsOf({ now, senco }: Turn & { senco: Senco }, wish: ClinicWish): Clinic[] {
  const { clinics } = now.reading.directory;
  const districts = [...new Set(clinics.map(({ district }) => district))];
  const { nth: _nth, ...rest } = wish;
  return clinicsWanted(clinics, { districts }, rest, now.at).filter((clinic) =>
    hasPlace(clinic, senco.who.email),
  );
}

function bookingsCard(
  turn: Turn & { senco: Senco },
  mine: readonly Clinic[],
  { headline, none }: { headline: string; none: readonly (string | undefined)[] },
): Card {
  if (mine.length === 0) {
    const words = none.filter((part) => part !== undefined).join(' ');
    return note(words, 'Ask “when is the next clinic?” to see what you can book.');
  }
  const more = mine.length - MOST_CLINICS;
  return renderCard(
    'clinics',
    clinicsView(mine.slice(0, MOST_CLINICS), forSenco(turn), {
      headline,
      more: more > 0 ? `and ${more} more after that` : '',
    }),
  );
}
