import { generate } from 'selfsigned';

/** A certificate for the loopback address that is its own CA. Both in PEM. */
export async function makeCertificate(): Promise<{ key: string; cert: string }> {
  const day = 86_400_000;
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'sandbox' }], {
    keyType: 'ec',
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: new Date(Date.now() + 30 * day),
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  return { key, cert };
}
