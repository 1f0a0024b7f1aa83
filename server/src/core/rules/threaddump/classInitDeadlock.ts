import { cycleFinding } from './cycle.ts';
import type { DumpRule } from './types.ts';

export const classInitDeadlock: DumpRule = {
  id: 'class-init-deadlock',
  title: 'Class initialisers wait for each other',
  severity: 'error',
  docs: `Two threads run static initialisers (\`<clinit>\`), and each needs the class that the other is initialising. The Java language requires the second thread to wait until the first has finished (JVMS 5.5), so both wait for ever, and with them every thread that touches one of the classes later.

The threads look harmless: their state is RUNNABLE, and the JVM's own deadlock search does not look at class initialisation. JDK 9 and newer print \`waiting on the Class initialization monitor\`; for older JVMs the finding is only suspected.

*What to do:* break the circle between the static initialisers, or initialise both classes from one thread at start-up (\`Class.forName\`).`,
  check(analysis, context) {
    return analysis.dumps.flatMap((analysed, index) =>
      analysed.deadlocks.filter((one) => one.kind === 'class-init').map((one) => cycleFinding(classInitDeadlock, analysed, index, one, context)),
    );
  },
};
