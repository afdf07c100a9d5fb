export interface Credentials {
  readonly user: string;
  readonly password: string;
  readonly project: string;
  readonly userDomain: string;
  readonly projectDomain: string;
}

export interface Answer {
  readonly status: number;
  /** Parsed JSON, or the text of an answer that is none. */
  readonly body: unknown;
}

export interface CatalogueEntry {
  readonly type: string;
  readonly name: string;
  readonly endpoints: readonly {
    readonly interface: string;
    readonly region: string;
    readonly url: string;
  }[];
}

interface Token {
  readonly id: string;
  readonly projectId: string;
  readonly catalogue: readonly CatalogueEntry[];
}

/** What each API is asked to speak; the others have no such thing. */
const versions: Readonly<Record<string, string>> = {
  compute: 'compute 2.90',
  placement: 'placement 1.28',
  volumev3: 'volume 3.27',
};

/** One login, and the requests that it makes by the catalogue's public endpoints. */
export class Session {
  private token: Promise<Token> | undefined;

  constructor(
    private readonly authUrl: string,
    private readonly credentials: Credentials,
  ) {}

  async projectId(): Promise<string> {
    return (await this.login()).projectId;
  }

  async catalogue(): Promise<readonly CatalogueEntry[]> {
    return (await this.login()).catalogue;
  }

  /** Any status is an answer; `path` begins with a slash. */
  async ask(type: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const { id, catalogue } = await this.login();
    const entry = catalogue.find((each) => each.type === type);
    const url = entry?.endpoints.find((endpoint) => endpoint.interface === 'public')?.url;
    if (url === undefined) throw new Error(`The catalogue has no public endpoint of ${type}.`);
    const headers: Record<string, string> = { 'X-Auth-Token': id };
    const version = versions[type];
    if (version !== undefined) headers['OpenStack-API-Version'] = version;
    const binary = body instanceof Uint8Array;
    if (body !== undefined)
      headers['Content-Type'] = binary ? 'application/octet-stream' : 'application/json';
    const response = await fetch(url.replace(/\/$/, '') + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: binary ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: parse(await response.text()) };
  }

  /** As `ask`, and throws unless the status is one of success. */
  async must<Body>(type: string, method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.ask(type, method, path, body);
    if (answer.status >= 300) {
      throw new Error(
        `${method} ${path} of ${type} answered ${answer.status}: ${JSON.stringify(answer.body).slice(0, 500)}`,
      );
    }
    return answer.body as Body;
  }

  private login(): Promise<Token> {
    this.token ??= authenticate(this.authUrl, this.credentials);
    return this.token;
  }
}

async function authenticate(authUrl: string, credentials: Credentials): Promise<Token> {
  const { user, password, project, userDomain, projectDomain } = credentials;
  const identity = {
    methods: ['password'],
    password: { user: { name: user, password, domain: { name: userDomain } } },
  };
  const scope = { project: { name: project, domain: { name: projectDomain } } };
  const response = await fetch(`${authUrl}/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ auth: { identity, scope } }),
  });
  const text = await response.text();
  const id = response.headers.get('X-Subject-Token');
  if (!response.ok || id === null)
    throw new Error(`Keystone answered ${response.status} to ${user}: ${text}`);
  const { token } = JSON.parse(text) as {
    token: { catalog: CatalogueEntry[]; project: { id: string } };
  };
  return { id, projectId: token.project.id, catalogue: token.catalog };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
