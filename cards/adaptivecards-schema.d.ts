/**
 * Stands in for `adaptivecards/src/schema`, which the types of adaptivecards-templating name though
 * the package ships it as source: compiling it would compile the whole of adaptivecards.
 */
export type IAdaptiveCard = { type: 'AdaptiveCard' };
