import { isForeign } from '../events.ts';

/** Loggers whose INFO records may hold something that the analysis wants; the rest is only counted. */
const WANTED_LOGGERS =
  /^(?:org\.apache\.flink|o\.a\.f(?:link)?)\.(?:runtime\.(?:taskmanager\.|taskexecutor\.(?:TaskExecutor|TaskManagerRunner|(?:Default)?JobLeaderService)$|executiongraph\.|scheduler\.(?:Default|Adaptive|Scheduler|adaptive\.)|checkpoint\.(?:Checkpoint|DefaultCompleted)|jobmaster\.JobMaster(?:ServiceLeadershipRunner)?$|leaderelection\.|resourcemanager\.(?:ResourceManager|StandaloneResourceManager|active\.|slotmanager\.)|dispatcher\.|entrypoint\.|util\.(?:EnvironmentInformation|SignalHandler|bash\.|Fatal)|r\.)|yarn\.|kubernetes\.|shaded\.curator\d|cdc\.runtime\.operators\.schema\.|client\.python\.|util\.|streaming\.runtime\.(?:tasks|io)\.)|BashJavaUtils|^io\.fabric8\.kubernetes\.client\.extended\.leaderelection\./;

/** `plain`: INFO records are of no interest; `wanted`: they may be; `foreign`: not one of Flink's own loggers. */
export type Interest = 'plain' | 'wanted' | 'foreign';

export function interestIn(logger: string): Interest {
  if (WANTED_LOGGERS.test(logger)) return 'wanted';
  return isForeign(logger) ? 'foreign' : 'plain';
}
