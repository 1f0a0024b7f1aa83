import { isConfigurationFile } from './configurationFile.ts';
import { DESCRIBED_POD } from './kubernetes/describe.ts';
import { isEventTable } from './kubernetes/eventTable.ts';
import { isProfilePage } from './profilePage.ts';

/** What tells the same as an answer in JSON, as text or YAML, and answers that are no JSON. */
export interface TextForm {
  id: 'described-pods' | 'event-table' | 'kubernetes-yaml' | 'configuration-file' | 'profile-page';
  /** Cheap, by the text alone. */
  sign(text: string): boolean;
  samples: readonly string[];
  nearMisses: readonly string[];
}

const OBJECT = /^apiVersion: (?:v1|events\.k8s\.io\/v1)[ \t]*\r?$/m;
const KIND = /^(?:- | {2})?kind: (?:Pod|Event)(?:List)?[ \t]*\r?$/m;
const STATUS = /^ {0,6}(?:status|reason):/m;

export const TEXT_FORMS: readonly TextForm[] = [
  {
    id: 'described-pods',
    sign: (text) => DESCRIBED_POD.test(text),
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
    nearMisses: ['apiVersion: v1\nkind: Service\nstatus: {}\n', 'apiVersion: apps/v1\nkind: Deployment\n'],
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
