/** How the tools are called where a person sees them, and what a person is told who is asked to allow one. */
export const TOOL_TITLES = {
  logjam_open: { title: 'Open an incident', summary: 'Reads files and says what is wrong' },
  logjam_findings: { title: 'List findings', summary: 'Lists what is found' },
  logjam_explain: { title: 'Explain a finding', summary: 'Explains a finding or a known bug' },
  logjam_threads: { title: 'Look at threads', summary: 'Looks at the threads of dumps' },
  logjam_log: { title: 'Read a log', summary: 'Reads lines of a log' },
  logjam_timeline: { title: 'Show the timeline', summary: 'Shows events in order' },
  logjam_compare: { title: 'Compare', summary: 'Compares two dumps, plans or incidents' },
  logjam_graph: { title: 'Show a graph as text', summary: 'Shows who waits for whom, or the job' },
  logjam_fix: { title: 'Propose a patch', summary: 'Makes a patch for a Java source' },
};
