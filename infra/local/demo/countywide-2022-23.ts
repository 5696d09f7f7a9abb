/** Countywide figures of the annual report 2022-23 that the demo's returns add up to. */
export const countywide = {
  referralsPrimary: 1994,
  referralsSecondary: 426,
  referralsEy: 1647,
  clinicsSchools: 710,
  clinicsEy: 630,
  /** Terms 1 and 5 are the report's (figure 18); the others are made up. */
  transitionSchools: [94, 130, 150, 210, 322, 300],
  /** Figure 19: terms 1 to 4, and 673 in the year; how terms 5 and 6 divide the rest is made up. */
  transitionEy: [12, 26, 6, 43, 280, 306],
  /** Percentages by term: means over the districts that reported (figures 32 to 34). */
  targetsReviewed: [35, 38, 36, 41, 46, 41],
  targetsAmended: [25, 23, 35, 37, 30, 33],
  closedTargetsMet: [13, 12, 25, 31, 21, 23],
};
