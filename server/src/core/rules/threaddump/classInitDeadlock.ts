import { cycleFindings } from './cycle.ts';
import type { DumpRule } from './types.ts';

export const classInitDeadlock: DumpRule = {
  id: 'class-init-deadlock',
  title: 'Class initialisers wait for each other',
  severity: 'error',
  docs: `Two threads run static initialisers (\`<clinit>\`), and each needs the class that the other is initialising. The Java language requires the second thread to wait until the first has finished (JVMS 5.5), so both wait for ever, and with them every thread that touches one of the classes later.

The threads look harmless: their state is RUNNABLE, and the JVM's own deadlock search does not look at class initialisation. Newer JVMs print \`waiting on the Class initialization monitor\` in jstack and jcmd; where that is missing (older JVMs, ThreadInfo, Flink's REST dumps) the finding is only suspected: take \`jcmd <pid> Thread.print\` to be sure.

*What to do:* break the circle between the static initialisers, or initialise both classes from one thread at start-up (\`Class.forName\`).`,
  check: (analysis, context) =>
    cycleFindings(
      { id: 'class-init-deadlock', severity: ({ certainty }) => (certainty === 'proved' ? 'error' : 'warning') },
      analysis,
      ({ kind }) => kind === 'class-init',
      context,
    ),
};
