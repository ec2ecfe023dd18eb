import type { PageAddress } from '../core/config.js';
import { rawOf } from '../doctor/read-tag.js';
import { importDoctor } from '../element/import-doctor.js';
import { readChecks, textOf } from '../inspector/records.js';
import type { CheckRecord } from '../inspector/records.js';
import type { Attributes } from './tag.js';

/** What the doctor says, or why it says nothing. */
export type Answer = { readonly checks: readonly CheckRecord[] } | { readonly failure: string };

/** Loads the doctor, and asks it about a tag that is on no page yet. Never rejects. */
export async function askDoctor(attributes: Attributes, address: PageAddress, load = importDoctor): Promise<Answer> {
  let doctor: Awaited<ReturnType<typeof importDoctor>>;
  try {
    doctor = await load();
  } catch (error) {
    return { failure: `Serve doctor.js beside setup.js. It could not be loaded: ${textOf(error, 'message')}` };
  }
  try {
    return { checks: readChecks(await doctor.diagnose({ raw: rawOf(attributes), attributes, address }, window)) };
  } catch (error) {
    return { failure: `The check failed: ${textOf(error, 'message')}` };
  }
}
