import {
  findingRows,
  type Done,
  type FindingRow,
  type FindingRowState,
} from '../../bot/findings/finding-row.ts';
import type { FindingRecord } from '../../bot/findings/register.ts';
import { returnId } from '../../bot/returns/return.ts';
import { FINDINGS } from '../sharepoint/bot-lists.ts';
import type { Fields } from '../sharepoint/list-item.ts';
import {
  afterEachLook,
  bringInLine,
  inOneCell,
  instantCell,
  isInLine,
  knownOf,
  listKeyOf,
  type Known,
  type Line,
  type Mirror,
  type Mirroring,
} from './mirror.ts';
import type { Service } from './service.ts';

type Core = Pick<Service, 'site' | 'memory'>;
/** Every finding that was ever raised, by its id. */
type Register = ReadonlyMap<string, FindingRecord>;

const mirrorOf = ({ site, memory }: Core): Mirror => ({
  site,
  list: FINDINGS,
  keyColumn: 'FindingKey',
  mirrored: memory.mirroredFindings,
});

/**
 * Brings the list of findings in SharePoint in line with the register: one item for each finding, made
 * once and changed with what is said and decided of it. Those raised last are written first.
 */
export async function mirrorFindings(core: Core, register: Register): Promise<Mirroring> {
  const mirror = mirrorOf(core);
  return bringInLine(mirror, linesOf(register), await knownOf(mirror.mirrored));
}

const linesOf = (register: Register): Line[] => findingRows(register.values()).map(lineOf);

const lineOf = ({ id, made, state }: FindingRow): Line => ({
  key: id,
  made: {
    RuleId: inOneCell(made.rule),
    District: inOneCell(made.about.district),
    Form: made.about.form,
    AcademicYear: inOneCell(made.about.year),
    Term: made.about.term,
    ReturnId: inOneCell(returnId(made.about)),
    FindingId: id,
  },
  cells: cellsOf(state),
});

const cellsOf = (state: FindingRowState): Fields => ({
  Title: inOneCell(state.title),
  Severity: state.severity,
  Phase: state.phase || null,
  Figures: state.figures || null,
  Message: state.message,
  Status: state.status,
  RaisedAt: instantCell(state.raisedAt),
  ClosedAt: state.closedAt ? instantCell(state.closedAt) : null,
  ClosedBecause: state.closedBecause || null,
  Cause: state.cause ? inOneCell(state.cause) : null,
  Explanation: state.explanation || null,
  ...doneCells('Explained', state.explained),
  ...doneCells('Accepted', state.accepted),
  ...doneCells('SentBack', state.sentBack),
  DecisionNote: state.note || null,
  FollowsKey: state.follows ? listKeyOf(state.follows) : null,
});

const doneCells = (what: string, done: Done | undefined): Fields => ({
  [`${what}By`]: done ? inOneCell(done.by) : null,
  [`${what}At`]: done ? instantCell(done.at) : null,
});

/**
 * The mirror as it is called after each look, with the register after it. What is in the list is read when
 * something may have to be written: nearly every look is in line with what was read before.
 */
export function findingsMirror(
  service: Pick<Service, 'site' | 'memory' | 'log'>,
): (register: Register) => Promise<void> {
  const mirror = mirrorOf(service);
  let known: Known = new Map();
  return afterEachLook(
    service.log,
    'the findings in SharePoint wait to be written',
    async (register: Register) => {
      const lines = linesOf(register);
      if (lines.every((line) => isInLine(line, known))) return { written: 0, left: 0 };
      known = await knownOf(mirror.mirrored);
      return bringInLine(mirror, lines, known);
    },
  );
}
