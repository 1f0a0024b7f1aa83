import type { Span } from '../../../../common/span.ts';
import type { Problem } from '../problems.ts';
import type { Source } from '../unwrap/source.ts';
import type { CheckpointConfigDocument, CheckpointDocument, CheckpointSubtasksDocument, CheckpointsDocument } from './model/checkpoints.ts';
import type {
  ConfigurationDocument,
  DashboardDocument,
  EnvironmentDocument,
  JobsDocument,
  OverviewDocument,
  TaskManagersDocument,
} from './model/cluster.ts';
import type { DocumentBase } from './model/document.ts';
import type { ExceptionsDocument, JobConfigDocument, VertexDocument } from './model/job.ts';
import type { OperatorDocument, PodEventsDocument, PodsDocument } from './model/kubernetes.ts';
import type { BackPressureDocument, FlameGraphDocument, MetricsDocument, ProfileDocument } from './model/load.ts';

/**
 * What the documents of a text say: answers of Flink's REST API, alone, several in one text or in an archive of the
 * History Server, and what tells the same otherwise: objects of Kubernetes and configuration files. Times are
 * milliseconds since 1970, durations milliseconds, sizes bytes. Null: the document does not say it.
 */
export interface RestModel {
  documents: RestDocument[];
  /** Documents that were passed over because there are too many. */
  documentsLeft: number;
  /** The text is an archive of the History Server. */
  archive: boolean;
  /** Job documents and plans beside them, which are read as job graphs. */
  plans: number;
  /** What the documents were packed in. */
  wrappers: string[];
  problems: Problem[];
}

export type RestDocument =
  | OverviewDocument
  | DashboardDocument
  | JobsDocument
  | TaskManagersDocument
  | VertexDocument
  | ExceptionsDocument
  | CheckpointsDocument
  | CheckpointDocument
  | CheckpointSubtasksDocument
  | CheckpointConfigDocument
  | BackPressureDocument
  | MetricsDocument
  | ConfigurationDocument
  | EnvironmentDocument
  | FlameGraphDocument
  | ProfileDocument
  | JobConfigDocument
  | ErrorsDocument
  | PodsDocument
  | PodEventsDocument
  | OperatorDocument
  | OtherDocument;

export type DocumentType = RestDocument['type'];

/** The documents of one type. */
export type DocumentOfType<T extends DocumentType> = Extract<RestDocument, { type: T }>;

/** `{"errors": […]}`: the request failed. */
export interface ErrorsDocument extends DocumentBase<'errors'> {
  /** `trace`: the exception of the server that one quotes; null where it says in words what is the matter. */
  errors: { text: string; trace: Source | null; span: Span }[];
}

/** Known by its path or its keys, and not read further. */
export interface OtherDocument extends DocumentBase<'other'> {
  what: OtherWhat;
}

export type OtherWhat = 'accumulators' | 'job-status' | 'log-list' | 'applications' | 'rescales' | 'requirements' | 'profiles' | 'unknown';
