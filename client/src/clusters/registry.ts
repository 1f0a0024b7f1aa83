import * as vscode from 'vscode';
import { type ClusterAccess, readAccess } from '../../../common/clusterAccess.ts';
import { accessTo } from '../../../server/src/cluster/access.ts';
import { readAddress } from '../../../server/src/cluster/address.ts';
import { ClusterClient, type Host } from '../../../server/src/cluster/client.ts';
import { ASKS } from './words.ts';

/** What is remembered of a cluster; its credentials are in the secret storage, under its id. */
export interface KnownCluster {
  id: string;
  name: string;
  url: string;
}

/** What only a host of Node can do; null in a browser. */
export interface NodeAbilities {
  /** A connection with certificates of its own. */
  host(access: ClusterAccess, proxy: { url?: string; exceptions?: string }): Promise<Host>;
  /** What a program prints that gives headers. */
  run(command: readonly string[]): Promise<string>;
}

const KEY = 'logjam.clusters';
const secretKey = (id: string): string => `logjam.cluster.${id}`;

/** The clusters that the person has added, and the connections to them. Nothing is sent before something is asked. */
export class ClusterRegistry {
  readonly #context: vscode.ExtensionContext;
  readonly #node: NodeAbilities | null;
  readonly #clients = new Map<string, Promise<ClusterClient>>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onChange = this.#changed.event;

  constructor(context: vscode.ExtensionContext, node: NodeAbilities | null) {
    this.#context = context;
    this.#node = node;
    context.subscriptions.push(this.#changed);
  }

  /** False in a browser. */
  get hasNode(): boolean {
    return this.#node !== null;
  }

  /** Where snapshots lie that nobody has named a folder for. */
  get storage(): vscode.Uri {
    return vscode.Uri.joinPath(this.#context.globalStorageUri, 'snapshots');
  }

  get known(): readonly KnownCluster[] {
    return this.#context.globalState.get<KnownCluster[]>(KEY, []);
  }

  find(id: string): KnownCluster | undefined {
    return this.known.find((one) => one.id === id);
  }

  async add(name: string, url: string, access: ClusterAccess): Promise<KnownCluster> {
    const added: KnownCluster = { id: `c${Date.now().toString(36)}`, name, url };
    if (Object.keys(access).length > 0) await this.#context.secrets.store(secretKey(added.id), JSON.stringify(access));
    await this.#context.globalState.update(KEY, [...this.known, added]);
    this.#changed.fire();
    return added;
  }

  async remove(id: string): Promise<void> {
    await this.#context.globalState.update(
      KEY,
      this.known.filter((one) => one.id !== id),
    );
    await this.#context.secrets.delete(secretKey(id));
    this.#clients.delete(id);
    this.#changed.fire();
  }

  /** Rejects for a cluster that is not known, or whose certificates cannot be read. */
  client(id: string): Promise<ClusterClient> {
    const known = this.#clients.get(id) ?? this.#connect(id);
    this.#clients.set(id, known);
    known.catch(() => this.#clients.delete(id));
    return known;
  }

  async #connect(id: string): Promise<ClusterClient> {
    const cluster = this.find(id);
    const address = cluster === undefined ? 'no-url' : readAddress(cluster.url);
    if (typeof address === 'string') throw new Error(ASKS.gone);
    const kept = await this.#context.secrets.get(secretKey(id));
    const access = kept === undefined ? {} : readAccess(kept);
    if ('wrong' in access) throw new Error(ASKS.credentialsUnread(access.wrong));
    const { headersCommand } = access;
    const command = headersCommand === undefined || this.#node === null ? undefined : () => (this.#node as NodeAbilities).run(headersCommand);
    return new ClusterClient(accessTo(address, access, command), await this.host(access));
  }

  /** Without certificates of its own it is `fetch` as VS Code has it, which knows its proxies. */
  host(access: ClusterAccess = {}): Promise<Host> {
    const own = access.ca ?? access.cert ?? access.pkcs12 ?? access.insecure;
    if (own === undefined || this.#node === null) return Promise.resolve(plainHost(this.#node !== null));
    const http = vscode.workspace.getConfiguration('http');
    const exceptions = http.get<string[]>('noProxy', []).join(',');
    return this.#node.host(access, { url: http.get<string>('proxy', ''), ...(exceptions === '' ? {} : { exceptions }) });
  }
}

const plainHost = (seesRedirects: boolean): Host => ({
  fetch: (url, init) => fetch(url, init),
  seesRedirects,
  now: () => Date.now(),
  wait,
});

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = (): void => {
      clearTimeout(timer);
      reject(new Error('cancelled'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', gone);
      resolve();
    }, ms);
    if (signal.aborted) gone();
    else signal.addEventListener('abort', gone, { once: true });
  });
}
