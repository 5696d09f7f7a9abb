import * as fc from 'fast-check';
import { codeOf } from '../../cards/actions.ts';
import type { CardViews } from '../../cards/views.ts';

export { fc };

const NASTY = [
  '${district}',
  '${$root}',
  "${if(true, 'a', 'b')}",
  '**bold** [x](javascript:alert(1))',
  '<at>all</at>',
  '\u202eevil',
  '`"\\\'{{DATE(2026-11-23T09:00:00Z, SHORT)}}',
  'https://a.example/?q=${x}',
  '$data',
  '__proto__',
];

/** Words as a list may hold them: anything at all, and often the worst. */
const words = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...NASTY), fc.constant(''));
const filled = words.map((text) => text || 'x');
const flag = fc.boolean();
const few = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(of, { maxLength: 3 });
/** In lists of lists. */
const couple = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(of, { maxLength: 2 });
const tone = fc.constantFrom('good' as const, 'attention' as const, 'default' as const);
const district = filled.map((text) => text.slice(0, 100));

const fields = fc.record({
  form: fc.constantFrom('KPI', 'LAR'),
  district,
  year: fc.constantFrom('2025-26', '2026-27'),
  term: fc.integer({ min: 1, max: 6 }),
});

const returns = fc
  .array(
    fc.record({
      form: fc.constantFrom('KPI' as const, 'LAR' as const),
      district,
      year: fc.constantFrom('2025-26', '2026-27'),
      term: fc.integer({ min: 1, max: 6 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map(codeOf);

const choices = fc.array(fc.record({ title: words, value: filled }), { maxLength: 3 });
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(of, { nil: undefined });

const outstanding = fc.record({
  fields,
  title: words,
  status: words,
  action: words,
  stands: few(words),
  returns,
  canUndo: flag,
  takeBack: words,
});

const promise = fc.record({
  returns,
  which: choices,
  from: words,
  to: words,
  day: words,
});

const handOver = fc.record({
  returns,
  which: choices,
  colleagues: choices,
  colleague: words,
});

/** What the service writes itself: never what somebody typed. */
const code = fc.stringMatching(/^[\w-]{0,22}$/);
const seen = fc.record({ returns });

const approve = fc.record({
  on: fc.constantFrom('approvals' as const, 'district' as const),
  button: words,
  returns,
  shown: words,
});

const noneOr = (code: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(fc.constant(''), code);

const fact = fc.record({ label: words, shown: words });

const history = fc.record({
  question: words,
  terms: words,
  chart: few(fc.record({ legend: words, values: few(fc.record({ x: words, y: fc.nat() })) })),
  line: words,
});

const finding = fc
  .record({
    id: filled,
    label: words,
    isError: flag,
    about: words,
    age: words,
    why: words,
    tested: few(fact),
    more: few(fact),
    against: few(fact),
    compared: words,
    history: maybe(history),
    causes: few(words),
    said: words,
    note: words,
    cause: words,
    words,
    refused: words,
    hasHistory: flag,
    canExplain: flag,
    canCorrect: flag,
  })
  .map(({ history: pictured, ...view }) => ({
    ...view,
    ...(pictured ? { history: pictured } : {}),
  }));

const turn = fc.record({
  title: words,
  district,
  terms: fc.constantFrom('open' as const, 'locked' as const),
  page: fc.nat({ max: 1000 }),
  on: fc.constant('findings' as const),
});

const listedFinding = fc.record({
  id: filled,
  about: words,
  age: words,
  figures: words,
  status: words,
  action: words,
  seen: code,
  canAccept: flag,
});

const ruleFindings = fc.record({
  label: words,
  isError: flag,
  wording: words,
  findings: couple(listedFinding),
});

const districtFindings = fc.record({ district, only: couple(turn), rules: couple(ruleFindings) });

const shownValue = fc.record({ label: words, shown: words });

const question = fc.record({
  id: words,
  question: words,
  definition: words,
  lastTerm: words,
  answer: words,
  unit: words,
  without: fc.constantFrom('', 'not known', 'not applicable'),
  reason: words,
  hasNoFigure: flag,
  problem: words,
});

const correcting = fc.record({ id: filled, only: words, words });

const form = fc
  .record({
    fields,
    version: words,
    title: words,
    due: words,
    draft: words,
    problems: few(fc.record({ text: words, causes: few(words) })),
    sections: few(fc.record({ title: words, questions: few(question) })),
    remarks: words,
    asksRemarks: fc.boolean(),
    correcting: maybe(correcting),
  })
  .map(({ correcting: alone, ...view }) => ({ ...view, ...(alone ? { correcting: alone } : {}) }));

const receipt = fc.record({
  title: words,
  text: words,
  figures: few(fc.record({ question: words, answer: words })),
});

const clinicId = fc.stringMatching(/^\d{1,12}$/);
const clinic = fc.record({
  title: words,
  for: words,
  when: words,
  where: words,
  joinLink: words,
  with: words,
  places: words,
  mine: words,
  coming: couple(words),
  clinic: clinicId,
  shown: fc.array(clinicId, { maxLength: 3 }).map((ids) => ids.join(',')),
  book: words,
  canCancel: flag,
  calendarLink: words,
});

const chart = fc.record({
  question: words,
  terms: words,
  series: couple(
    fc.record({
      legend: words,
      values: few(fc.record({ x: words, y: fc.nat() })),
      line: words,
    }),
  ),
});

const VIEWS: { [K in keyof CardViews]: fc.Arbitrary<CardViews[K]> } = {
  lead: fc
    .record({
      headline: words,
      tone,
      intro: words,
      outstanding: few(outstanding),
      promise: maybe(promise),
      handOver: maybe(handOver),
      seen: maybe(seen),
      saw: words,
      form: maybe(form),
      receipt: maybe(receipt),
      findings: few(finding),
      moreFindings: words,
    })
    .map(({ promise, handOver, seen, form, receipt, ...view }) => ({
      ...view,
      ...(promise ? { promise } : {}),
      ...(handOver ? { handOver } : {}),
      ...(seen ? { seen } : {}),
      ...(form ? { form } : {}),
      ...(receipt ? { receipt } : {}),
    })),
  alert: fc.record({
    headline: words,
    chased: few(fc.record({ district, text: words, remedy: words })),
    districts: few(fc.record({ row: fc.nat(), district, text: words, tomorrow: words })),
    findings: few(districtFindings),
    all: few(turn),
    voided: few(words),
    problems: few(words),
    notChecked: few(words),
    isLocal: flag,
  }),
  missing: fc.record({
    headline: words,
    rows: few(fc.record({ district, text: words })),
    notChecked: few(words),
    isLocal: flag,
  }),
  district: fc.record({
    district,
    term: words,
    returns: few(
      fc
        .record({
          approve: maybe(approve),
          row: fc.nat({ max: 20 }),
          title: words,
          state: words,
          detail: words,
          stands: few(words),
          returns,
          canTell: flag,
          canWithdraw: flag,
          canAskAgain: flag,
          approval: few(words),
          canUndoApproval: flag,
          on: fc.constant('district' as const),
        })
        .map(({ approve: button, ...row }) => ({ ...row, ...(button ? { approve: button } : {}) })),
    ),
    findings: few(ruleFindings),
    all: few(turn),
    more: words,
    paused: words,
    isPaused: flag,
    canChase: flag,
    tomorrow: words,
  }),
  approvals: fc
    .record({
      headline: words,
      tone,
      done: maybe(
        fc.record({
          on: fc.constant('approvals' as const),
          headline: words,
          lines: few(words),
          returns: noneOr(returns),
        }),
      ),
      clean: few(fc.record({ form: words, districts: words })),
      together: maybe(approve),
      singles: few(
        fc
          .tuple(approve, fc.record({ title: words, lines: few(words) }))
          .map(([button, single]) => ({ ...button, ...single })),
      ),
      notYet: few(fc.record({ district, text: words })),
      more: words,
      approved: few(fc.record({ form: words, districts: words })),
      terms: few(fc.record({ title: words, of: fc.constantFrom('2025-26|6', '2026-27|1') })),
    })
    .map(({ done, together, ...view }) => ({
      ...view,
      ...(done ? { done } : {}),
      ...(together ? { together } : {}),
    })),
  summary: fc.record({
    headline: words,
    tallies: few(fc.record({ form: words, returned: words, timely: words })),
    chart: few(fc.record({ legend: words, values: few(fc.record({ x: words, y: fc.nat() })) })),
    rows: few(fc.record({ district, kpi: words, lar: words, findings: words })),
    figures: few(
      fc.record({
        form: words,
        lines: few(fc.record({ question: words, figure: words })),
        more: words,
      }),
    ),
    news: few(words),
    chased: few(words),
    arranged: few(words),
    notChecked: few(words),
  }),
  findings: fc.record({
    headline: words,
    shown: words,
    groups: few(districtFindings),
    empty: words,
    notChecked: few(words),
    turns: few(turn),
  }),
  finding: fc
    .record({
      row: fc.nat({ max: 20 }),
      id: filled,
      district,
      label: words,
      tone,
      about: words,
      status: words,
      age: words,
      tested: few(shownValue),
      comparedWith: few(shownValue),
      compared: words,
      why: words,
      history: maybe(history),
      earlier: words,
      conversation: few(fc.record({ who: words, text: words })),
      seen: code,
      note: words,
      canAccept: flag,
      canSendBack: flag,
      canReopen: flag,
      canShowDistrict: flag,
      on: fc.constant('finding' as const),
    })
    .map(({ history: pictured, ...view }) => ({
      ...view,
      ...(pictured ? { history: pictured } : {}),
    })),
  'link-practitioner': fc.record({
    headline: words,
    school: words,
    name: words,
    away: words,
    email: words,
    phone: words,
  }),
  clinics: fc.record({
    headline: words,
    tone,
    text: words,
    clinics: couple(clinic),
    more: words,
  }),
  schools: fc.record({
    headline: words,
    text: words,
    groups: couple(
      fc.record({ phase: words, schools: couple(fc.record({ name: words, district: words })) }),
    ),
  }),
  away: fc
    .record({
      headline: words,
      tone,
      text: words,
      form: maybe(
        fc.record({
          from: words,
          until: words,
          earliest: words,
          latest: words,
          covers: choices,
          cover: words,
        }),
      ),
      canComeBack: flag,
    })
    .map(({ form: asked, ...view }) => ({ ...view, ...(asked ? { form: asked } : {}) })),
  help: fc
    .record({
      headline: words,
      intro: words,
      points: maybe(few(fc.record({ label: words, text: words }))),
      examples: few(fc.record({ title: words, say: words })),
      isLocal: flag,
    })
    .map(({ points, ...view }) => ({ ...view, ...(points ? { points } : {}) })),
  introduce: fc.record({
    headline: words,
    lines: few(words),
    asksName: flag,
    asksChoice: flag,
    typed: words,
    choices: few(fc.record({ name: filled })),
  }),
  'let-in': fc.record({
    headline: words,
    empty: words,
    requests: few(
      fc.record({
        who: fc.uuid(),
        name: words,
        school: words,
        since: words,
        row: words,
        outcome: words,
        canDecide: flag,
        email: words,
        fill: noneOr(fc.stringMatching(/^\d{1,12}$/)),
        seen: code,
      }),
    ),
    more: words,
  }),
  note: fc
    .record({ headline: words, text: words, tone, seen: maybe(seen), saw: words })
    .map(({ seen, ...view }) => ({ ...view, ...(seen ? { seen } : {}) })),
  'rule-trial': fc.record({
    headline: words,
    tone: fc.constantFrom('attention' as const, 'default' as const),
    rule: words,
    settings: words,
    problems: few(fc.record({ before: words, marked: words, after: words, says: words })),
    counts: words,
    silent: few(words),
    rows: few(
      fc.record({ district, raised: words, pass: words, skipped: words, couldNotRun: words }),
    ),
    others: words,
    terms: words,
    examples: few(fc.record({ about: words, text: words })),
    more: words,
    steps: words,
    cells: few(fc.record({ column: words, cell: words })),
    notChecked: few(words),
  }),
  'by-district': fc.record({
    headline: words,
    intro: words,
    groups: few(
      fc.record({
        title: words,
        district: noneOr(district),
        lines: few(fc.record({ what: words, text: words, beside: words })),
        more: words,
      }),
    ),
    notes: few(words),
  }),
  'side-by-side': fc.record({
    headline: words,
    intro: words,
    chart: couple(chart),
    stands: couple(
      fc.record({
        one: words,
        other: words,
        rows: few(fc.record({ label: words, one: words, other: words })),
      }),
    ),
    tables: few(
      fc.record({
        id: code,
        title: words,
        isShown: flag,
        what: words,
        one: words,
        other: words,
        apart: words,
        rows: few(fc.record({ label: words, one: words, other: words, difference: words })),
        more: words,
      }),
    ),
    notes: few(words),
  }),
  'over-time': fc.record({
    headline: words,
    definition: words,
    chart: couple(chart),
    lines: few(fc.record({ term: words, figure: words, beside: words })),
    notes: few(words),
  }),
  'last-return': fc.record({
    headline: words,
    intro: words,
    returns: few(
      fc.record({
        id: code,
        title: words,
        stands: few(words),
        isShown: flag,
        sections: few(
          fc.record({
            title: words,
            answers: few(fc.record({ question: words, answer: words })),
          }),
        ),
      }),
    ),
    due: few(words),
    notes: few(words),
  }),
};

/** Any view of this name, as its type allows. */
export const viewOf = (name: keyof CardViews): fc.Arbitrary<CardViews[keyof CardViews]> =>
  VIEWS[name];
