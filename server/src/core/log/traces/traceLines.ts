/** How the lines of a printed stack trace look, apart from its frames. */

export const HEAD =
  /^(?:Exception in thread "[^"\n]*" )?((?:[A-Za-z_$][\w$]*[./])*(?:(?=[A-Z][\w$]*(?:Exception|Error|Throwable|Failure|Fault|Death|Problem|Interrupt))[A-Z][\w$]*|(?<=\w[./])(?:Exception|Error|Throwable))(?![\w$]))(?:: ?(.*)|\{(.*?)\}?|\s*)$/s;
export const ANY_CLASS = /^(?:Exception in thread "[^"\n]*" )?((?:[a-z_$][\w$]*\.)+[A-Z][\w$]*)(?:: ?(.*)|\s*)$/;
/** At the end of a record's message, after any other text. */
export const INLINE = /(?:^|[^\w.$])((?:[A-Za-z_$][\w$]*\.)+(?:[A-Z][\w$]*)?(?:Exception|Error|Throwable))(?![\w$])(?:: ?(.*)|\{(.*?)\}?|[\s.]*)$/s;
/** Where Flink itself puts what was thrown into its message: then a class of any name is one, and no frame need follow. */
export const STATED =
  /(?:switched from [A-Z]+ to FAILED with failure cause:? |application status [A-Z]+\. Diagnostics )(?:(?:[a-z_][\w$]*\.)+Remote(?:WithExtras)?Exception\()?((?:[A-Za-z_$][\w$]*\.)+[A-Z][\w$]*)(?![\w$])\)?(?:: ?(.*)|[\s.]*)$/s;
export const NESTED = /^([ \t|+\\-]*)(Caused by|Suppressed|Wrapped by): (.*)$/;
/** Behind "Caused by": Elasticsearch and OpenSearch print "Name[message]" (ElasticsearchException.toString). */
export const BRACKETED = /^([A-Za-z_$][\w$.]*(?:Exception|Error))\[(.*?)(?:\];?)?$/s;
/** What a server of Hadoop threw, as its client prints it: the class of the server's exception stands in parentheses. */
export const REMOTE = /^(?:[a-z_][\w$]*\.)+Remote(?:WithExtras)?Exception\(((?:[A-Za-z_$][\w$]*\.)+[A-Z][\w$]*)\)(?:: ?(.*)|\s*)$/s;
/** The same at the end of a record's message, after any other text. */
export const REMOTE_INLINE =
  /(?:^|[^\w.$])(?:[a-z_][\w$]*\.)+Remote(?:WithExtras)?Exception\(((?:[A-Za-z_$][\w$]*\.)+[A-Z][\w$]*)\)(?:: ?(.*)|\s*)$/s;
export const CIRCULAR = /^[ \t]*(?:(Caused by|Suppressed): )?\[CIRCULAR REFERENCE: ?([^\]:]*)(?::.*)?\]$/;
/** Written by people, consoles and layouts that shorten a trace. */
export const LEFT_OUT =
  /^\s*(?:(?:\.{3,}|…|\[\.{3}\]|<snip>|<\d+ (?:internal|folded|more) \w+>|\[\d+ skipped\])\s*|\.{3}\s*\(?(?:suppressed )?\d+ (?:frames|lines)\b.*)$/is;
/** Where a frame's class was loaded from, on a line of its own since somebody has broken the frame's. */
export const JAR_ALONE = /^\s*~?\[[\w.$+?-]+:[\w.?+-]+\]\s*$/;
export const ELIDED = /^[ \t|+\\-]*(?:\.\.\.|…) (?:(\d+) )?(?:more|common frames omitted)(?: .*)?$/;
/** RestClientException quotes the trace of the server in its message, between these two. */
export const SERVER_SIDE = /<?Exception on server side:\s*$/;
export const SERVER_SIDE_END = /^\s*End of exception on server side>?\]?/;

/** The end of an exception that is quoted in brackets. */
export const BRACKET_END = /^\s*>?\]\s*$/;

export function indent(line: string): number {
  return line.length - line.trimStart().length;
}
