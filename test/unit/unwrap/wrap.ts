/** Ways in which a dump reaches people; each takes the JVM's text and gives what they have in their hands. */
export const WRAPS: Record<string, (text: string) => string> = {
  crlf: (text) => text.replaceAll('\n', '\r\n'),
  'docker json-file': (text) => eachLine(text, (line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: stamp(line) })),
  'json log lines': (text) => eachLine(text, (line) => JSON.stringify({ '@timestamp': stamp(line), level: 'INFO', message: line })),
  'json with spaces': (text) => eachLine(text, (line) => `{"level": "INFO", "fields": {"host": "tm-1"}, "msg": ${JSON.stringify(line)}}`),
  'one json document': (text) => JSON.stringify({ job: 'orders', dump: text }, null, 2),
  'hits of a log store': (text) =>
    JSON.stringify({ hits: { hits: text.split('\n').map((line, at) => ({ _id: String(at), _source: { message: line } })) } }),
  cri: (text) => eachLine(text, (line) => `2026-05-01T12:00:00.000000001Z stdout F ${line}`),
  'cri in parts': (text) => eachLine(text, (line) => parts(line, 60).join('\n')),
  'log4j prefix': (text) => eachLine(text, (line, at) => `2026-05-01 12:00:${pad(at % 60)},${pad(at % 1000, 3)} INFO  org.acme.Dumper [] - ${line}`),
  'jboss prefix': (text) => eachLine(text, (line, at) => `12:00:${pad(at % 60)},123 INFO  [stdout] (Thread-${at % 7}) ${line}`),
  'syslog prefix': (text) => eachLine(text, (line, at) => `Nov 20 12:00:${pad(at % 60)} tm-host-1 java[4711]: ${line}`),
  'compose prefix': (text) => eachLine(text, (line) => `taskmanager_1  | ${line}`),
  'kubectl prefix': (text) => eachLine(text, (line) => `[pod/flink-tm-6f7c/taskmanager] ${line}`),
  'kubectl timestamps': (text) => eachLine(text, (line) => `2026-05-01T12:00:00.000000001Z ${line}`),
  'gh run view --log': (text) => eachLine(text, (line) => `test (17)\tRun mvn -B verify\t2026-05-01T12:00:00.1234567Z ${line}`),
  'GitLab CI': (text) => eachLine(text, (line) => `2026-05-01T12:00:00.123456Z 01O ${line}`),
  Jenkins: (text) => eachLine(text, (line) => `[2026-05-01T12:00:00.123Z] ${line}`),
  testcontainers: (text) => eachLine(text, (line) => `12:00:00.123 [docker-java-stream] INFO  tc.flink - STDOUT: ${line}`),
  'docker json around compose': (text) => WRAPS['docker json-file']?.(WRAPS['compose prefix']?.(text) ?? '') ?? '',
  'line numbers': (text) => eachLine(text, (line, at) => `${at + 1}:${line}`),
  'cat -n': (text) => eachLine(text, (line, at) => `${String(at + 1).padStart(6)}\t${line}`),
  'answer of Loki': (text) =>
    JSON.stringify({
      data: {
        result: [
          {
            stream: { app: 'tm' },
            values: text
              .replace(/\n$/, '')
              .split('\n')
              .map((line, at) => [`${1715076000000000000n + BigInt(at)}`, line]),
          },
        ],
      },
    }),
  'quoted in a mail': (text) => `On Friday somebody wrote:\n\n${eachLine(text, (line) => `> ${line}`)}`,
  'quoted twice': (text) => eachLine(text, (line) => `>> ${line}`),
  'fenced and quoted': (text) => `See:\n\n> \`\`\`\n${eachLine(text, (line) => `> ${line}`)}> \`\`\`\n`,
  'a fence': (text) => `It hangs:\n\n\`\`\`text\n${text.replace(/\n?$/, '\n')}\`\`\`\n\nWhat can I do?\n`,
  'source comment': (text) => `/**\n${eachLine(text, (line) => ` * ${line}`)} */\n`,
  csv: (text) => `"_time","message"\n${eachLine(text, (line) => `"${stamp(line)}","${line.replaceAll('"', '""')}"`)}`,
  'csv with semicolons': (text) => `time;host;message\n${eachLine(text, (line) => `${stamp(line)};tm-1;"${line.replaceAll('"', '""')}"`)}`,
  'csv, one field': (text) => `"host","dump"\n"tm-1","${text.replaceAll('"', '""')}"\n`,
  'html escaped': (text) => html(text),
  'html page': (text) => `<html><body><pre>${html(text)}</pre></body></html>\n`,
  'html with breaks': (text) => html(text).replaceAll('\n', '<br/>').replaceAll('\t', '&nbsp;&nbsp;'),
  'json string': (text) => JSON.stringify(text),
  'escaped without quotes': (text) => `12:00:00 INFO dump=${JSON.stringify(text).slice(1, -1)}\n`,
  'escaped twice': (text) => JSON.stringify(JSON.stringify(text)),
  'string in a log line': (text) => `2026-05-01 12:00:00 INFO Dumper - {"dump":${JSON.stringify(text)}}\n`,
  ansi: (text) => eachLine(text, (line) => `\u001b[32m${line}\u001b[0m`),
  'no indentation': (text) => text.replaceAll(/^[ \t]+/gm, ''),
  'spaces for tabs': (text) => text.replaceAll('\t', '        '),
  'no blank lines': (text) => text.replaceAll(/\n(?:[ \t]*\n)+/g, '\n'),
  'one line': (text) => text.replaceAll(/\s+/g, ' ').trim(),
  'one line, joined by tabs': (text) => text.replaceAll('\n', '\t'),
  'one line, joined by two blanks': (text) => text.replaceAll('\n', '  '),
  'carriage returns alone': (text) => text.replaceAll('\n', '\r'),
  'a byte order mark': (text) => `\uFEFF${text}`,
  'html, angle brackets alone': (text) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  'json array of lines': (text) => JSON.stringify(text.split('\n'), null, 1),
  'string literals': (text) => eachLine(text, (line) => `    + ${JSON.stringify(`${line}\n`)}`),
  'a code block': (text) => `{noformat}\n${text}{noformat}\n`,
  'newest line first': (text) => text.split('\n').reverse().join('\n'),
  'docker json around a prefix': (text) => WRAPS['docker json-file']?.(WRAPS['log4j prefix']?.(text) ?? '') ?? '',
  'csv, newest line first': (text) => WRAPS.csv?.(text.split('\n').reverse().join('\n')) ?? '',
  'broken at 80': (text) => eachLine(text, (line) => cut(line, 80).join('\n')),
  'broken at 100': (text) => eachLine(text, (line) => cut(line, 100).join('\n')),
  'broken at 132': (text) => eachLine(text, (line) => cut(line, 132).join('\n')),
  'broken between words': (text) => eachLine(text, (line) => words(line, 90).join('\n')),
  'mixed with log lines': (text) =>
    eachLine(text, (line, at) =>
      at % 9 === 5 ? `${line}\n2026-05-01 12:00:00,000 INFO  o.a.f.r.c.CheckpointCoordinator [] - Triggering checkpoint ${at}.` : line,
    ),
  'behind a log': (text) =>
    `2026-05-01 12:00:00,000 ERROR org.acme.Main [] - Failed.\njava.lang.IllegalStateException: no\n\tat org.acme.Main.main(Main.java:12)\n${text}2026-05-01 12:00:01,000 INFO  org.acme.Main [] - Bye.\n`,
  'zeros of utf-16': (text) => [...text].join('\u0000'),
};

/** Wraps that take no line end out of a thread's name, so that dumps with such names survive them. */
export const KEEPS_NAMES = [
  'crlf',
  'one json document',
  'json string',
  'escaped twice',
  'csv, one field',
  'html escaped',
  'hits of a log store',
  'docker json-file',
  'cri',
];

function eachLine(text: string, change: (line: string, at: number) => string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, at) => `${change(line, at)}\n`)
    .join('');
}

function stamp(line: string): string {
  return `2026-05-01T12:00:00.${pad(line.length % 1000, 3)}Z`;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function cut(line: string, width: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at === 0 || at < line.length; at += width) pieces.push(line.slice(at, at + width));
  return pieces;
}

function parts(line: string, width: number): string[] {
  const pieces = cut(line, width);
  return pieces.map((piece, at) => `2026-05-01T12:00:00.000000001Z stdout ${at + 1 < pieces.length ? 'P' : 'F'} ${piece}`);
}

/** Breaks at blanks only; a word that is too long stays whole. */
function words(line: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const at = rest.lastIndexOf(' ', width);
    const blank = at > rest.search(/\S/) ? at : rest.indexOf(' ', width);
    if (blank <= rest.search(/\S/)) break;
    pieces.push(rest.slice(0, blank));
    rest = rest.slice(blank + 1);
  }
  return [...pieces, rest];
}
