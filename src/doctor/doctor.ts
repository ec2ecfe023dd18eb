import { diagnosis } from '../core/diagnosis.js';
import type { Diagnosis } from '../core/diagnosis.js';
import type { Facts } from './facts.js';
import { checksOf } from './subject.js';
import type { Subject } from './subject.js';
import { attributes } from './subjects/attributes.js';
import { authorize } from './subjects/authorize.js';
import { bundle } from './subjects/bundle.js';
import { callback } from './subjects/callback.js';
import { clock } from './subjects/clock.js';
import { deployment } from './subjects/deployment.js';
import { discovery } from './subjects/discovery.js';
import { pageHeaders } from './subjects/page-headers.js';
import { pagePolicy } from './subjects/page-policy.js';
import { pageSubjects } from './subjects/page.js';
import { scope } from './subjects/scope.js';
import { script } from './subjects/script.js';
import { site, storageAccess } from './subjects/site.js';

/** Everything that the doctor looks at, in the order in which it is told. */
export const subjects: readonly Subject[] = [
  attributes,
  ...pageSubjects,
  bundle,
  scope,
  discovery,
  authorize,
  site,
  storageAccess,
  callback,
  deployment,
  script,
  pagePolicy,
  pageHeaders,
  clock,
];

/** The IDs of all findings. */
export const findingIds: readonly string[] = subjects.flatMap(({ findings }) => Object.keys(findings));

/** Judges what a door has found out. Pure. */
export const examine = (facts: Facts): Diagnosis => diagnosis(subjects.flatMap((each) => checksOf(each, facts)));
