/** How long threads may take, in ms. */

/** What nobody waits for any more may go on for so long without giving way. */
export const GRACE = 60;
/** A cancelled request is answered after this, whatever its thread does. */
export const CANCELLED_AFTER = 60;
/** A thread that has not given way for so long is stood in for, where something else may be waited for. */
export const STAND_IN_AFTER = 200;
/** Where nothing else is open or asked for: another thread is then at hand when it is. */
export const STAND_IN_READY = 1000;
/** With a thread that is stood in for and a stand-in that both do not give way for so long, the first one is given up. */
export const BOTH_SILENT = 2000;
/** How often the threads are looked at while one of them does not give way. */
export const LOOK_EVERY = 20;
