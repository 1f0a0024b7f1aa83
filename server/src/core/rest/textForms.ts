import { isConfigurationFile } from './configurationFile.ts';
import { DESCRIBED_POD } from './kubernetes/describe.ts';
import { isEventTable } from './kubernetes/eventTable.ts';
import { DESCRIBED_RESOURCE } from './kubernetes/operator.ts';
import { isProfilePage } from './profilePage.ts';

/** What tells the same as an answer in JSON, as text or YAML, and answers that are no JSON. */
export interface TextForm {
  id: 'described-resource' | 'described-pods' | 'event-table' | 'kubernetes-yaml' | 'configuration-file' | 'profile-page';
  /** Cheap, by the text alone. */
  sign(text: string): boolean;
  samples: readonly string[];
  nearMisses: readonly string[];
}

const OBJECT = /^apiVersion: (?:v1|events\.k8s\.io\/v1|flink\.apache\.org\/\w{1,20})[ \t]*\r?$/m;
const KIND = /^(?:- | {2})?kind: (?:Pod|Event|FlinkDeployment|FlinkSessionJob|FlinkStateSnapshot)(?:List)?[ \t]*\r?$/m;
const STATUS = /^ {0,6}(?:status|reason):/m;

export const TEXT_FORMS: readonly TextForm[] = [
  // Before the pods, whose description begins alike.
  {
    id: 'described-resource',
    sign: (text) => DESCRIBED_RESOURCE.test(text),
    samples: [
      'Name:         orders\nNamespace:    flink\nLabels:       <none>\nAPI Version:  flink.apache.org/v1beta1\nKind:         FlinkDeployment\nStatus:\n  Error:  x\n',
    ],
    nearMisses: ['Name:         a\nNamespace:    b\nAPI Version:  apps/v1\nKind:         Deployment\n'],
  },
  {
    id: 'described-pods',
    sign: (text) => DESCRIBED_POD.test(text) && !DESCRIBED_RESOURCE.test(text),
    samples: [
      'Name:             flink-taskmanager-1-1\nNamespace:        default\nNode:             node-1/10.0.0.1\nStatus:           Running\nContainers:\n',
    ],
    nearMisses: ['Name: flink\nNamespace: default\n', 'Namespace:        default\nName:             x\n'],
  },
  {
    id: 'event-table',
    sign: isEventTable,
    samples: [
      'LAST SEEN   TYPE      REASON    OBJECT       MESSAGE\n2m          Warning   BackOff   pod/flink-1  Back-off restarting failed container\n',
    ],
    nearMisses: ['TYPE REASON OBJECT\n', 'LAST SEEN   NAME\n'],
  },
  {
    id: 'kubernetes-yaml',
    sign: (text) => OBJECT.test(text) && KIND.test(text) && STATUS.test(text),
    samples: ['apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: flink-1\n  status:\n    phase: Running\nkind: List\n'],
    nearMisses: [
      'apiVersion: v1\nkind: Service\nstatus: {}\n',
      'apiVersion: apps/v1\nkind: Deployment\n',
      'apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nspec:\n  image: flink:1.19\n',
    ],
  },
  {
    id: 'configuration-file',
    sign: isConfigurationFile,
    samples: [
      'jobmanager.rpc.address: localhost\ntaskmanager.numberOfTaskSlots: 4\n',
      'jobmanager:\n  rpc:\n    address: localhost\ntaskmanager:\n  numberOfTaskSlots: 2\n',
    ],
    nearMisses: [
      'jobmanager:\n  replicas: 1\ntaskmanager:\n  replicas: 2\n',
      'name: flink\nversion: 1\n',
      'server:\n  port: 8080\nrest:\n  address: localhost\n  port: 8081\n',
      'The option is jobmanager.rpc.address: localhost\n',
    ],
  },
  {
    id: 'profile-page',
    sign: isProfilePage,
    samples: [
      "<!DOCTYPE html>\n<h1>CPU profile</h1>\nProduced by <a href='#'>async-profiler</a>\n<script>\n\tconst levels = Array(2);\nf(0,0,1,3,'all')\n",
    ],
    nearMisses: ['<!DOCTYPE html>\n<h1>async-profiler</h1>\n', "const levels = Array(2); // async-profiler\nf(0,0,1,3,'all')\n"],
  },
];

export const isText = (text: string): boolean => TEXT_FORMS.some(({ sign }) => sign(text));
