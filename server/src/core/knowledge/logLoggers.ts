/**
 * Loggers of code that answers somebody: the web UI and its clients ask for files and jobs that are not there, and the
 * exception is the answer. It says nothing about the job. A submission that fails is no such answer.
 */
export const ANSWERING_LOGGERS =
  /\.(?:runtime\.rest\.handler|r\.r\.h|runtime\.webmonitor)\.(?!(?:[\w$]{1,60}\.)*(?:JarRunHandler|JobSubmitHandler)$)/;
export const ANSWERING_SAMPLES = ['org.apache.flink.runtime.rest.handler.taskmanager.TaskManagerStdoutFileHandler'];
export const ANSWERING_NEAR_MISSES = [
  'org.apache.flink.runtime.webmonitor.handlers.JarRunHandler',
  'org.apache.flink.runtime.rest.RestClient',
  'org.apache.flink.runtime.taskmanager.Task',
];
