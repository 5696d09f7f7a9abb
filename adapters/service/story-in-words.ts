import { londonDay, londonTime, shortDay, shortInstant } from '../../bot/calendar/london.ts';
import type { Story } from '../../bot/chase/story.ts';
import type { StoryLine } from '../../bot/chase/story-line.ts';
import { textTable } from './text-table.ts';

/** Stories for people, in London times, wrapped to so many characters. */
export const storiesInWords = (stories: readonly Story[], at: Date, width: number): string =>
  [
    `As things stand on ${shortInstant(at)} (London)`,
    ...stories.map((story) => inWords(story, at, width)),
    '',
  ].join('\n\n');

function inWords({ heading, lines, now, next }: Story, at: Date, width: number): string {
  const past = lines.map((line) => [whenInWords(line, at), line.text]);
  return [
    heading.toUpperCase(),
    lines.length > 0 ? textTable(['When', 'What happened'], past, width) : 'Nothing has happened.',
    part('Now', now, width),
    part('Next', next, width),
  ].join('\n\n');
}

const part = (head: string, sentences: readonly string[], width: number): string =>
  textTable(
    [head],
    sentences.map((sentence) => [sentence]),
    width,
  );

/** `Wed 18 Nov, 13:30`; with the year where it is not this one. */
function whenInWords({ at, isDay }: StoryLine, now: Date): string {
  if (!at) return 'not known';
  const year = londonDay(at).slice(0, 4);
  const day = `${shortDay(londonDay(at))}${year === londonDay(now).slice(0, 4) ? '' : ` ${year}`}`;
  return isDay ? day : `${day}, ${londonTime(at)}`;
}
