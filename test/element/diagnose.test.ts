import { expect } from '@open-wc/testing';
import { diagnose } from '../../src/element/diagnose.js';
import type { Doctor } from '../../src/element/import-doctor.js';

/** An element with attributes, and values of which not all are attributes. */
const patient = Object.assign(document.createElement('div'), { rawConfig: () => ({ clientId: 'messenger-web' }) });
patient.setAttribute('client-id', 'messenger-web');

describe('diagnose()', () => {
  it('hands the doctor the attributes, the values, and the address of the page', async () => {
    let given: unknown;
    const doctor: Doctor = {
      diagnose: async (element) => {
        given = element;
        return { ok: true, checks: [] };
      },
    };
    expect(await diagnose(patient, window, () => Promise.resolve(doctor))).to.eql({ ok: true, checks: [] });
    const { address, ...rest } = given as { address: { href: string } };
    expect(rest).to.eql({ raw: { clientId: 'messenger-web' }, attributes: { 'client-id': 'messenger-web' } });
    expect(address.href).to.equal(location.href);
  });

  for (const [what, load] of [
    ['could not be loaded', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['failed', () => Promise.resolve({ diagnose: () => Promise.reject(new Error('x')) })],
  ] as const) {
    it(`says so when the doctor ${what}, and what to do`, async () => {
      const { ok, checks } = await diagnose(patient, window, load);
      expect(ok).to.equal(false);
      expect(checks).to.have.lengthOf(1);
      expect(checks[0]).to.include({ id: 'doctor-missing', ok: false, found: `doctor.js ${what}.` });
      expect(checks[0]!.hint).to.contain('doctor.js');
    });
  }
});
