import * as vscode from 'vscode';
import { type ClusterAccess, readAccess, withFiles } from '../../../common/clusterAccess.ts';
import { headerIn } from '../../../server/src/cluster/access.ts';
import { type Address, readAddress } from '../../../server/src/cluster/address.ts';
import type { ClusterRegistry, KnownCluster } from './registry.ts';
import { ASKS } from './words.ts';

/** Asks for all that is needed to reach a cluster; undefined where the person changed their mind. */
export async function addCluster(registry: ClusterRegistry): Promise<KnownCluster | undefined> {
  const given = await vscode.window.showInputBox({
    title: ASKS.url,
    placeHolder: ASKS.urlExample,
    ignoreFocusOut: true,
    validateInput: (value) => {
      const address = readAddress(value);
      return value.trim() !== '' && typeof address === 'string' ? ASKS.addressFaults[address] : undefined;
    },
  });
  const address = given === undefined ? 'no-url' : readAddress(given);
  if (typeof address === 'string') return undefined;
  const access = await askAccess(registry.hasNode);
  if (access === undefined) return undefined;
  const name = await vscode.window.showInputBox({ title: ASKS.name, value: nameOf(address), ignoreFocusOut: true });
  return name === undefined ? undefined : registry.add(name.trim() || nameOf(address), address.url, access);
}

/** "jobmanager:8081", with the last part of a path: behind a gateway that tells clusters apart. */
const nameOf = ({ url, host }: Address): string => {
  const last = url.split('/').slice(3).at(-1);
  return last === undefined ? host : `${host}/${last}`;
};

/** @param hasNode certificates can be chosen, and programs be run */
async function askAccess(hasNode: boolean): Promise<ClusterAccess | undefined> {
  const ways = Object.entries(ASKS.ways)
    .map(([way, item]) => ({ ...item, way: way as keyof typeof ASKS.ways }))
    .filter(({ way }) => hasNode || way !== 'file');
  const chosen = await vscode.window.showQuickPick(ways, {
    title: ASKS.how,
    ignoreFocusOut: true,
    ...(hasNode ? {} : { placeHolder: ASKS.browser }),
  });
  switch (chosen?.way) {
    case 'none':
      return {};
    case 'token': {
      const token = await secret(ASKS.token);
      return token === undefined ? undefined : { token };
    }
    case 'basic': {
      const user = await vscode.window.showInputBox({ title: ASKS.user, ignoreFocusOut: true });
      const password = user === undefined ? undefined : await secret(ASKS.password);
      return user === undefined || password === undefined ? undefined : { user, password };
    }
    case 'header':
      return askHeader();
    case 'file':
      return askFile();
    default:
      return undefined;
  }
}

const secret = async (title: string): Promise<string | undefined> =>
  (await vscode.window.showInputBox({ title, password: true, ignoreFocusOut: true })) || undefined;

async function askHeader(): Promise<ClusterAccess | undefined> {
  const header = await vscode.window.showInputBox({
    title: ASKS.header,
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value === '' || headerIn(value) !== null ? undefined : ASKS.headerWrong),
  });
  const found = headerIn(header ?? '');
  return found === null ? undefined : { headers: { [found.name]: found.value } };
}

/** The same file as that of `logjam collect --access`: what it says is kept in the secret storage, and the file is not needed any more. */
async function askFile(): Promise<ClusterAccess | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title: ASKS.ways.file.label, canSelectMany: false })) ?? [];
  if (file === undefined) return undefined;
  const access = readAccess(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  if ('wrong' in access) {
    void vscode.window.showErrorMessage(ASKS.fileWrong(access.wrong));
    return undefined;
  }
  const beside = (path: string): string => (/^(?:[/\\]|[a-z]:)/i.test(path) ? path : vscode.Uri.joinPath(file, '..', path).fsPath);
  return withFiles(access, beside);
}
