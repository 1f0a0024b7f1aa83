/** Names under which log libraries, shippers and stores keep the parts; the first that is there counts. */
export const MESSAGE = [
  'message',
  'msg',
  'log',
  'short_message',
  'full_message',
  'event.original',
  'textPayload',
  '@message',
  'MESSAGE',
  'body',
  'formattedMessage',
];
export const LEVEL = [
  'level',
  'log.level',
  'messageType',
  'severity',
  'levelname',
  'lvl',
  'loglevel',
  'severity_text',
  'severityText',
  'priority',
  'level_name',
];
export const STACK = [
  'throwableInformation',
  'throwable',
  'thrown.extendedStackTrace',
  'error.stack_trace',
  'exception.stacktrace',
  'exception.stackTrace',
  'stack_trace',
  'stackTrace',
  'exception',
  'stacktrace',
  'err.stack',
  'err',
  'error',
];
export const TIME = ['@timestamp', 'timestamp', 'time', 'ts', 'date', 'asctime', 'datetime', 'eventTime'];
export const LOGGER = ['loggerName', 'logger', 'log.logger', 'logger_name', '_logger', 'loggername', 'category', 'loggerFqcn', 'name'];
export const THREAD = ['thread', 'threadName', 'process.thread.name', 'thread_name', '_thread'];
