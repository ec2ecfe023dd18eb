import type * as inPage from '../doctor/in-page.js';

/** The part of the doctor that the element uses. */
export type Doctor = Pick<typeof inPage, 'diagnose'>;

/**
 * Loads the doctor, which only a page that asks for it needs. The single-file bundles have another version of this module,
 * which loads `doctor.js` beside the bundle (scripts/build/beside-bundle.mjs).
 */
export const importDoctor = (): Promise<Doctor> => import('../doctor/in-page.js');
