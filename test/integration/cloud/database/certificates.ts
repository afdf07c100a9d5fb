import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../../../cloud/run';

/** A certificate and its key, as PEM files. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority of its own that signs in `directory`. */
export class Authority {
  private constructor(
    private readonly directory: string,
    private readonly name: string,
    readonly own: Certificate,
  ) {}

  static async make(directory: string, name: string): Promise<Authority> {
    const own = filesOf(directory, name);
    const subject = ['-subj', `/CN=${name}`, '-days', '30'];
    await must('openssl', ['req', '-x509', ...newKey, ...subject, '-keyout', own.key, '-out', own.cert]);
    return new Authority(directory, name, own);
  }

  /** @param names for example `DNS:db.zombies.test,IP:127.0.0.1` */
  async sign(file: string, names: string, days = 30): Promise<Certificate> {
    const made = filesOf(this.directory, `${this.name}-${file}`);
    const request = `${made.cert}.csr`;
    const asked = ['-subj', `/CN=${file}`, '-addext', `subjectAltName=${names}`];
    await must('openssl', ['req', '-new', ...newKey, ...asked, '-keyout', made.key, '-out', request]);
    const signer = ['-CA', this.own.cert, '-CAkey', this.own.key, '-copy_extensions', 'copyall'];
    const dated = ['-days', String(days), '-out', made.cert];
    await must('openssl', ['x509', '-req', '-in', request, ...signer, ...dated]);
    return made;
  }
}

/** Puts a certificate where a server reads its own. */
export function install(from: Certificate, to: Certificate): void {
  copyFileSync(from.cert, to.cert);
  copyFileSync(from.key, to.key);
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

function filesOf(directory: string, name: string): Certificate {
  return { cert: join(directory, `${name}.pem`), key: join(directory, `${name}.key`) };
}
