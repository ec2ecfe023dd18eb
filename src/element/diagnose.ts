import { addressOf } from '../compose.js';
import type { RawConfig } from '../core/config.js';
import { diagnosis } from '../core/diagnosis.js';
import type { Diagnosis } from '../core/diagnosis.js';
import { importDoctor } from './import-doctor.js';

/** Loads the doctor and lets it look at an element. Never rejects. */
export async function diagnose(
  element: Element & { rawConfig(): RawConfig },
  win: Window,
  load: typeof importDoctor = importDoctor,
): Promise<Diagnosis> {
  const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  let found = 'doctor.js could not be loaded.';
  try {
    const doctor = await load();
    found = 'doctor.js failed.';
    return await doctor.diagnose({ raw: element.rawConfig(), attributes, address: addressOf(win) }, win);
  } catch {
    return diagnosis([{ ...missing, found }]);
  }
}

const missing = {
  id: 'doctor-missing',
  name: 'doctor',
  ok: false,
  why: 'Nothing else was looked at.',
  hint: 'Serve doctor.js of the same version beside the bundle, and allow its address in script-src of the page.',
  link: 'docs/doctor.md#doctor-missing',
} as const;
