import { CONTENT_CHECKS } from './content-checks.ts';
import { REACHING_CHECKS } from './reaching.ts';
import { SETTINGS_CHECKS } from './settings.ts';
import { SIGN_IN_CHECKS } from './signing-in.ts';
import { SITE_CHECKS } from './site-checks.ts';
import { STORAGE_CHECKS } from './storage-checks.ts';

/** Everything that is looked at, in the order in which things are set up. */
export const CHECKS = [
  ...SETTINGS_CHECKS,
  ...REACHING_CHECKS,
  ...SIGN_IN_CHECKS,
  ...SITE_CHECKS,
  ...CONTENT_CHECKS,
  ...STORAGE_CHECKS,
];
