import { generate } from 'selfsigned';

const day = 86_400_000;

type AltName = { type: 2; value: string } | { type: 7; ip: string };

interface CertificateOptions {
  /** Whom it is for. */
  altNames?: AltName[];
  notAfter?: Date;
}

/** A certificate that is its own CA. Both in PEM. */
export async function makeCertificate({
  altNames = [
    { type: 7, ip: '127.0.0.1' },
    { type: 2, value: 'localhost' },
  ],
  notAfter = new Date(Date.now() + 30 * day),
}: CertificateOptions = {}): Promise<{ key: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'sandbox' }], {
    keyType: 'ec',
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: notAfter,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames },
    ],
  });
  return { key, cert };
}
