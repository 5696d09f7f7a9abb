import leven from 'leven';

/** Short forms of chat, and slips too short to be put right by their letters. */
const SHORT_FORMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    u: 'you',
    ur: 'your',
    r: 'are',
    pls: 'please',
    plz: 'please',
    nxt: 'next',
    wat: 'what',
    wot: 'what',
    xmas: 'christmas',
    appt: 'appointment',
    appts: 'appointments',
    cal: 'calendar',
    prev: 'previous',
    lst: 'specialist teacher',
    avail: 'available',

    wots: 'what is',
    wen: 'when',
    ow: 'owe',
    bok: 'book',
    tmrw: 'tomorrow',
    tmr: 'tomorrow',
    thx: 'thanks',
    thanx: 'thanks',
    ty: 'thanks',
    ey: 'early years',
    eyfs: 'early years',
    f2f: 'face to face',
    prac: 'practitioner',
    saint: 'st',
  }),
);

/** Words that stand near ours and are meant as they are. */
const MEANT = new Set(
  `kent county council english able about above across again against ago alone along already also although among another answer
  around asked avoid aware badly based because become been before began being below beside best better
  between black board body both bought bring brought built busy call called came camera carry case
  cases cause caught centre certain chair chance cheap check cheese child children choose chose chosen
  city class clean clear clinical close closed clock coffee cold college come comes coming common
  complete could count country course court crime cross cut danger dear decide deep delete did died
  different dinner doctor does dog done door dove down draw drawn dream drink drive drove early easy
  else email end enough even evening ever every face fact fail fall false family far farm fast fear
  feel felt few field find fine finger finish fire first fish five food foot football force forest
  forget form four free friend full game garden gave girl give glad goes going gold gone good grand
  great green group grow guess half hand happen happy hard have head hear heard heart heavy help hence
  here high hill hold holds home hope horse hour house human hundred idea instead into jamie job joke
  just keep kept kind king knew know known lady land large laugh lead leader learn least left less life
  light like likely line little live local lone long look lose lost love lover low lunch made main make
  male many mark market match matter mean meat meet mess might mile milk mind mine minister minute miss
  mister moment money month more most mother mouth move much music must name near need never nice night
  none nose note notes nothing now number once open order other ought outside over page paid pain paper
  parent part party past path peace people perhaps phone pick piece pink pizza plan plane play please
  poor post pound present press prime problem profile promise proud pull pupil push quick quite race
  rain raise rather reach read ready real really reason record red rest rich ride right ring rise river
  road room round rover rule sale same sang save scale second seem seen sell send sense serve seven
  shale shall shape share sheet ship shirt shop short should shut side sign silver simple since sing sir
  sister size sleep slow small smile snow soft some song soon sorry sort sound space speak special spend
  spot spring staff stage stale stand star start state stay step still stone stood stop story street
  strong such summer sun sure table take taken talk tall teach team tell tend test than that their them
  then there these they thing think third this those though three thus time today told took total touch
  town train travel tree trip true trust try turn twice under until upon use used usual very visit voice
  wait walk wall want warm was wash watch water weather week well were west whale what wheel when where
  which while white whole whose wide wife will wind window winter wish with without woman women wonder
  wood word work world worse worst would write wrong wrote year years yesterday yet young your jury fully fort load loads cost costs duty holding
  meal mail nail sail card cards cart parts port filing sound pound bound ground court courts poorly`.split(
    /\s+/,
  ),
);

/** Words that may have been meant, by their first letter: slips are seldom there. */
export type Spelling = {
  known: ReadonlySet<string>;
  byLetter: ReadonlyMap<string, readonly { word: string; slips: number }[]>;
};

/** Of names one slip is put right, of long words of ours two: names that are near may be others. */
export function spellingOf(
  words: Iterable<string>,
  names: Iterable<string>,
  neverMeant: ReadonlySet<string>,
): Spelling {
  const ours = new Set(words);
  const theirs = [...new Set(names)].filter((name) => !ours.has(name));
  const meant = [
    ...[...ours]
      .filter((word) => word.length >= 4 && !neverMeant.has(word))
      .map((word) => ({ word, slips: 2 })),
    ...theirs.filter((name) => name.length >= 5).map((word) => ({ word, slips: 1 })),
  ];
  return {
    known: new Set([...ours, ...theirs]),
    byLetter: Map.groupBy(meant, ({ word }) => word.charAt(0)),
  };
}

export const isEnglish = (word: string): boolean => MEANT.has(word);

/** Puts slips of the pen right, word by word. Words that we know, or that are short, stay as they are. */
export const spelled = (words: string, spelling: Spelling): string =>
  words
    .split(' ')
    .map((word) => SHORT_FORMS.get(word) ?? corrected(word, spelling))
    .join(' ');

function corrected(written: string, { known, byLetter }: Spelling): string {
  if (known.has(written) || isEnglish(written) || !/^[a-z]{4,30}$/.test(written)) return written;
  const most = written.length >= 8 ? 2 : 1;
  let [best, fewest] = ['', most + 1];
  for (const { word, slips } of byLetter.get(written.charAt(0)) ?? []) {
    if (Math.abs(word.length - written.length) > Math.min(most, slips)) continue;
    const made = slipsBetween(written, word, fewest + 1);
    if (made > Math.min(most, slips)) continue;
    // Of words as near the longer one: letters are left out more often than put in.
    if (made < fewest || (made === fewest && word.length > best.length)) {
      [best, fewest] = [word, made];
    }
  }
  return best || written;
}

const slipsBetween = (written: string, word: string, maxDistance: number): number =>
  areSwapped(written, word) ? 1 : leven(written, word, { maxDistance });

/** Two neighbouring letters in each other’s place are one slip. */
function areSwapped(word: string, meant: string): boolean {
  if (word.length !== meant.length) return false;
  let at = 0;
  while (word[at] === meant[at] && at < word.length) at++;
  return (
    word[at] === meant[at + 1] &&
    word[at + 1] === meant[at] &&
    word.slice(at + 2) === meant.slice(at + 2)
  );
}
