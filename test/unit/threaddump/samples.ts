/** Hand-written dumps of JVMs and tools that are not at hand, with what a reader must make of them. */
export interface Sample {
  name: string;
  text: string;
  dialect: string;
  /** One line a thread: name | id | state | kind key [by owner] … | owns key … | number of frames. */
  threads: string[];
  /** Members of each cycle in the JVM's own section, in its order. */
  section?: string[][];
}

export const SAMPLES: Sample[] = [
  {
    name: 'JDK 1.4: no ids, no state lines, a deadlock section',
    dialect: 'hotspot',
    text: `Full thread dump Java HotSpot(TM) Client VM (1.4.2_03-b02 mixed mode):

"Thread-1" prio=5 tid=0x008a8b40 nid=0xb50 waiting for monitor entry [2d0f000..2d0fd8c]
	at stuck.Left.run(Left.java:38)
	- waiting to lock <0x1002e918> (a java.lang.Object)
	- locked <0x1002e910> (a java.lang.Object)

"Thread-0" prio=5 tid=0x008a7dc0 nid=0xd2c waiting for monitor entry [2ccf000..2ccfd8c]
	at stuck.Right.run(Right.java:40)
	- waiting to lock <0x1002e910> (a java.lang.Object)
	- locked <0x1002e918> (a java.lang.Object)

"Signal Dispatcher" daemon prio=10 tid=0x0003f5a0 nid=0x8a4 waiting on condition [0..0]

FOUND A JAVA LEVEL DEADLOCK:
Found one Java-level deadlock:
=============================
"Thread-1":
  waiting to lock monitor 0x008ab04c (object 0x1002e918, a java.lang.Object),
  which is held by "Thread-0"
"Thread-0":
  waiting to lock monitor 0x008ab06c (object 0x1002e910, a java.lang.Object),
  which is held by "Thread-1"

Java stack information for the threads listed above:
===================================================
"Thread-1":
	at stuck.Left.run(Left.java:38)
	- waiting to lock <0x1002e918> (a java.lang.Object)
	- locked <0x1002e910> (a java.lang.Object)
"Thread-0":
	at stuck.Right.run(Right.java:40)
	- waiting to lock <0x1002e910> (a java.lang.Object)
	- locked <0x1002e918> (a java.lang.Object)

Found 1 deadlock.
`,
    threads: [
      'Thread-1 | null | BLOCKED | waiting-to-lock 0x1002e918 | locked 0x1002e910 | 1',
      'Thread-0 | null | BLOCKED | waiting-to-lock 0x1002e910 | locked 0x1002e918 | 1',
      'Signal Dispatcher | null | WAITING | 0',
    ],
    section: [['Thread-1', 'Thread-0']],
  },
  {
    name: 'HP and SAP: ids without 0x, attributes of their own',
    dialect: 'hotspot',
    text: `Full thread dump  [Sat Mar 15 14:48:56 2008] (Java HotSpot(TM) 64-Bit Server VM 1.5.0.11 mixed mode):

"w13 [container1-361]" prio=10 tid=60000000044e3840 nid=1194 lwp_id=9992026 runnable [9fffffffb6f00000..9fffffffb6f00a40]
       at java.net.SocketInputStream.socketRead0(Native Method)
       - locked <9fffffff59c52280> (a java.io.BufferedInputStream)

"Thread-1533" cpu=0.00 [reset 0.00] ms allocated=334976 B (327.12 kB) [reset 334976 B (327.12 kB)] user="J2EE_ADMIN" prio=1 tid=0x0000002cb60886f0 nid=0x996 in Object.wait() [0x0000000058683000..0x0000000058683c00]
	at java.lang.Object.wait(Native Method)
	- waiting on <0x0000002aa0000000> (a java.lang.Object)
`,
    threads: [
      'w13 [container1-361] | null | RUNNABLE | locked 9fffffff59c52280 | 1',
      'Thread-1533 | null | WAITING | waiting-on 0x0000002aa0000000 | 1',
    ],
  },
  {
    name: 'lock lines that the JVM glued together, class initialisation, no object reference',
    dialect: 'hotspot',
    text: `"glued" #11 prio=5 os_prio=0 tid=0x00007f0000000001 nid=0x1 in Object.wait() [0x00007f0000000000]
   java.lang.Thread.State: WAITING (on object monitor)
	at java.lang.Object.wait(Native Method)
	- waiting on <no object reference available>
	at a.B.c(B.java:1)
	- eliminated <owner is scalar replaced> (a a.B)	- locked <0x0000000700000010> (a java.lang.Class for a.B)
	at a.B.run(B.java:9)

"initialising" #12 prio=5 os_prio=0 tid=0x00007f0000000002 nid=0x2 in Object.wait()  [0x00007f0000000000]
   java.lang.Thread.State: RUNNABLE
	at a.Second.touch(Second.java:3)
	- waiting on the Class initialization monitor for a.Second
	at a.B$$Lambda$14/0x000000080011c040@7f3.run(Unknown Source)
`,
    threads: [
      'glued | 11 | WAITING | waiting-on null | eliminated null | locked 0x0000000700000010 | 3',
      'initialising | 12 | RUNNABLE | class-init class-init a.Second | 2',
    ],
  },
  {
    name: 'JDK 25: a carrier with a mounted virtual thread, whose frames come first',
    dialect: 'hotspot',
    text: `Full thread dump OpenJDK 64-Bit Server VM (25.0.3+9-LTS mixed mode, sharing):

"ForkJoinPool-1-worker-1" #23 [25975] daemon prio=5 os_prio=0 cpu=2909.19ms elapsed=3.20s tid=0x00007f43a00e5540  [0x00007f4371ffd000]
   Carrying virtual thread #31
	at jdk.internal.vm.Continuation.run(java.base@25.0.3/Continuation.java:251)
	- locked <0x0000000700000020> (a java.lang.Object)
	at java.util.concurrent.ForkJoinWorkerThread.run(java.base@25.0.3/ForkJoinWorkerThread.java:187)
   Mounted virtual thread #31
	at a.Busy.spin(Busy.java:18)
	- locked <0x0000000700000030> (a java.lang.Object)

   Locked ownable synchronizers:
	- None
`,
    threads: ['ForkJoinPool-1-worker-1 | 23 | null | locked 0x0000000700000030 | locked 0x0000000700000020 | 3'],
  },
  {
    name: 'the "Java stack information" section alone',
    dialect: 'hotspot-section',
    text: `Java stack information for the threads listed above:
===================================================
"left":
	at a.Left.run(Left.java:38)
	- waiting to lock <0x1002e918> (a java.lang.Object)
	- locked <0x1002e910> (a java.lang.Object)
"right":
	at a.Right.run(Right.java:40)
	- waiting to lock <0x1002e910> (a java.lang.Object)
	- locked <0x1002e918> (a java.lang.Object)

Found 1 deadlock.
`,
    threads: [
      'left | null | BLOCKED | waiting-to-lock 0x1002e918 | locked 0x1002e910 | 1',
      'right | null | BLOCKED | waiting-to-lock 0x1002e910 | locked 0x1002e918 | 1',
    ],
  },
  {
    name: 'a section without stacks gives threads that wait, owners included',
    dialect: 'hotspot-section',
    text: `Found one Java-level deadlock:
=============================
"adder":
  waiting to lock monitor 0x00007f83884a0828 (object 0x00000005fbb66c50, a java.util.Properties),
  which is held by "logger"
"logger":
  waiting for ownable synchronizer 0x00000005fbff3560, (a java.util.concurrent.locks.ReentrantLock$NonfairSync),
  which is held by "adder"
`,
    threads: [
      'adder | null | BLOCKED | waiting-to-lock 0x00000005fbb66c50 by logger | 0',
      'logger | null | WAITING | parking 0x00000005fbff3560 by adder | 0',
    ],
    section: [['adder', 'logger']],
  },
  {
    name: 'jstack -F: the state is the VM’s own',
    dialect: 'jstack-f',
    text: `Attaching to process ID 57592, please wait...
Debugger attached successfully.
Deadlock Detection:

No deadlocks found.

Thread 16653: (state = BLOCKED)
 - sun.misc.Unsafe.park(boolean, long) @bci=0 (Compiled frame; information may be imprecise)
 - java.util.concurrent.locks.LockSupport.parkNanos(java.lang.Object, long) @bci=20, line=226 (Interpreted frame)


Thread 16483: (state = IN_NATIVE)
`,
    threads: ['Thread 16653 | null | null | 2', 'Thread 16483 | null | null | 0'],
  },
  {
    name: 'Eclipse, copied from its Debug view',
    dialect: 'eclipse',
    text: `RiskJob [Java Application]\t
\tcom.acme.risk.RiskJob at localhost:52811\t
\t\tDaemon Thread [Checkpoint Timer] (Running)\t
\t\tThread [Source: trades[1] -> risk (1/2)#0] (Suspended)\t
\t\t\towns: LimitBook  (id=113)\t
\t\t\t\twaited by: Daemon Thread [updater] (Suspended)\t
\t\t\twaiting for: PositionBook  (id=117)\t
\t\t\t\towned by: Daemon Thread [updater] (Suspended)\t
\t\t\tPositionBook.exposure(String) line: 52\t
\t\t\tStreamMap<IN,OUT>.processElement(StreamRecord<IN>) line: 38 [local variables unavailable]\t
\t\t\tSourceTask<T>(StreamTask<OUT,OP>).invoke() line: 761\t
\t\tDaemon Thread [updater] (Suspended)\t
\t\t\towns: PositionBook  (id=117)\t
\t\t\twaiting for: LimitBook  (id=113)\t
\t\t\t\towned by: Thread [Source: trades[1] -> risk (1/2)#0] (Suspended)\t
\t\t\tLimitBook.rebalance() line: 140\t
\t\tThread [main] (Suspended (breakpoint at line 12 in RiskJob))\t
\t\t\twaiting for: Object  (id=9)\t
\t\t\tObject.wait(long) line: not available [native method]\t
\t\t\tRiskJob.main(String[]) line: 12\t
`,
    threads: [
      'Checkpoint Timer | null | null | 0',
      'Source: trades[1] -> risk (1/2)#0 | null | BLOCKED | locked id=113 | waiting-to-lock id=117 by updater | 3',
      'updater | null | BLOCKED | locked id=117 | waiting-to-lock id=113 by Source: trades[1] -> risk (1/2)#0 | 1',
      'main | null | WAITING | waiting-on id=9 | 2',
    ],
  },
  {
    name: 'JRockit: slashes, signatures, chains',
    dialect: 'jrockit',
    text: `===== FULL THREAD DUMP ===============
Sun Jul 20 17:03:48 2014
BEA JRockit(R) R27.6.5-32

"left" id=24 idx=0x28 tid=584 prio=5 alive, in native, blocked
    -- Blocked trying to get lock: java/lang/Object@0x0135B430[fat lock]
    at jrockit/vm/Threads.waitForUnblockSignal()V(Native Method)
    at a/Left.run(Left.java:12)
    ^-- Holding lock: java/lang/Object@0x0135B438[thin lock]
    -- end of trace

"right" id=29 idx=0x32 tid=1328 prio=5 alive, in native, blocked, daemon
    -- Blocked trying to get lock: java/lang/Object@0x0135B438[fat lock]
    at a/Right.run(Right.java:14)
    ^-- Holding lock: java/lang/Object@0x0135B430[thin lock]
    -- end of trace

"waiter" id=? idx=0x33 tid=1329 prio=5 alive, in native, waiting
    -- Waiting for notification on: a/Queue@0x0135B440[fat lock]
    at java/lang/Object.wait(J)V(Native Method)
    ^-- Lock released while waiting: a/Queue@0x0135B440[fat lock]
    -- end of trace

Circular (deadlocked) lock chains
=================================
Chain 2:
"left" id=24 idx=0x28 tid=584 waiting for java/lang/Object@0x0135B430 held by:
"right" id=29 idx=0x32 tid=1328 waiting for java/lang/Object@0x0135B438 held by:
"left" id=24 idx=0x28 tid=584

Blocked lock chains
===================
Chain 3:
"other" id=27 idx=0x2e tid=4892 waiting for java/lang/Object@0x0135B438 held by:
"left" id=24 idx=0x28 tid=584 in chain 2

===== END OF THREAD DUMP ===============
`,
    threads: [
      'left | 24 | BLOCKED | waiting-to-lock java.lang.Object@0x0135B430 | locked java.lang.Object@0x0135B438 | 2',
      'right | 29 | BLOCKED | waiting-to-lock java.lang.Object@0x0135B438 | locked java.lang.Object@0x0135B430 | 1',
      'waiter | null | WAITING | waiting-on a.Queue@0x0135B440 | 1',
    ],
    section: [['left', 'right']],
  },
  {
    name: 'VisualVM: the owner stands in the state line',
    dialect: 'visualvm',
    text: `2008-11-20 09:28:02
Full thread dump Java HotSpot(TM) 64-Bit Server VM (11.0-b15 mixed mode):

"left" - Thread t@254
   java.lang.Thread.State: BLOCKED on java.lang.Object@7311acb7 owned by: right
	at a.Left.run(Left.java:3)
	- locked java.io.BufferedInputStream@5284339c

   Locked ownable synchronizers:
	- locked java.util.concurrent.locks.ReentrantLock$NonfairSync@7a29682f

"right"
   java.lang.Thread.State: WAITING
	at java.base@17/java.lang.Object.wait(Native Method)
	- waiting on <228a944d> (a java.lang.ref.ReferenceQueue$Lock)
	at a.Right.run(Right.java:5)

   Locked ownable synchronizers:
	- None
`,
    threads: [
      'left | 254 | BLOCKED | waiting-to-lock java.lang.Object@7311acb7 | locked java.io.BufferedInputStream@5284339c | owns java.util.concurrent.locks.ReentrantLock$NonfairSync@7a29682f | 1',
      'right | null | WAITING | waiting-on 228a944d | 2',
    ],
  },
  {
    name: 'hs_err: a list of threads and nothing of their stacks',
    dialect: 'hs-err',
    text: `Java Threads: ( => current thread )
  0x0000020b731ae000 JavaThread "jobmanager-io-thread-2" daemon [_thread_blocked, id=35704, stack(0x000000fce9a00000,0x000000fce9b00000)]
=>0x0000020b72fba800 JavaThread "Source: A -> (B) (1/1)#0" [_thread_in_native, id=23464, stack(0x000000fce7f00000,0x000000fce8000000) (1024K)]
`,
    threads: ['jobmanager-io-thread-2 | null | null | 0', 'Source: A -> (B) (1/1)#0 | null | null | 0'],
  },
  {
    name: 'Geode: the owner stands in the header',
    dialect: 'hotspot',
    text: `"left" tid=0x16 owned by "right" tid=0x15
    java.lang.Thread.State: BLOCKED
	at a.Left.run(Left.java:3)
	-  blocked on java.lang.Object@1f2e3d
	at java.lang.Thread.run(Thread.java:748)
`,
    threads: ['left | null | BLOCKED | waiting-to-lock java.lang.Object@1f2e3d by right | 2'],
  },
  {
    name: 'ThreadInfo: quotes and header-like text in both names, cut frames, a lock known from the header alone',
    dialect: 'threadinfo',
    text: `"Join "q" (34/256)#1" Id=12 BLOCKED on java.lang.Object@1f owned by "say "x" Id=7 BLOCKED" Id=13 (in native)
	at a.B.c(B.java:1)
	-  blocked on java.lang.Object@1f
	...

"cut" Id=14 WAITING on java.util.concurrent.locks.ReentrantLock$NonfairSync@2a owned by "Join "q" (34/256)#1" Id=12

	Number of locked synchronizers = 1
	- java.util.concurrent.locks.ReentrantLock$NonfairSync@3b

`,
    threads: [
      'Join "q" (34/256)#1 | 12 | BLOCKED | waiting-to-lock java.lang.Object@1f by say "x" Id=7 BLOCKED | 1',
      'cut | 14 | WAITING | waiting-on java.util.concurrent.locks.ReentrantLock$NonfairSync@2a by Join "q" (34/256)#1 | owns java.util.concurrent.locks.ReentrantLock$NonfairSync@3b | 0',
    ],
  },
  {
    name: 'dump_to_file of JDK 21: frames without "at", neither state nor locks',
    dialect: 'dump-to-file-text',
    text: `48350
2026-07-24T13:02:19.482190Z
21.0.3+9-LTS

#1 "main"
      java.base/java.lang.Thread.sleep0(Native Method)
      com.acme.Main.main(Main.java:41)

#52 "" virtual
      java.base/java.lang.VirtualThread.park(VirtualThread.java:582)
`,
    threads: ['main | 1 | null | 2', ' | 52 | null | 1'],
  },
  {
    name: 'dump_to_file of JDK 26: the owner of a parked thread’s lock',
    dialect: 'dump-to-file-text',
    text: `#22 "v-left" virtual WAITING 2026-11-20T11:35:57.891981708Z
    at java.base/java.lang.VirtualThread.park(VirtualThread.java:742)
    - parking to wait for <java.util.concurrent.locks.ReentrantLock$NonfairSync@2fb8cf92>, owner #24
    at a.Left.run(Left.java:11)
`,
    threads: ['v-left | 22 | WAITING | parking java.util.concurrent.locks.ReentrantLock$NonfairSync@2fb8cf92 by #24 | 2'],
  },
  {
    name: 'OpenJ9 javacore: locks in the thread’s block and in the monitor pool, the VM’s deadlock',
    dialect: 'javacore',
    text: `0SECTION       TITLE subcomponent dump routine
1TIDATETIME    Date: 2026/02/11 at 14:02:47:918 (UTC)
1CIJAVAVERSION JRE 17 Linux amd64-64 (build 17.0.9+9)
2LKMONINUSE      sys_mon_t:0x00007F30C4041D08 infl_mon_t: 0x00007F30C4041D88:
3LKMONOBJECT       a/Wallet@0x00000000E00A2C48/0x00000000E00A2C50: Flat locked by "right" (J9VMThread:0x0000000000ABD200), entry count 1
3LKWAITERQ            Waiting to enter:
3LKWAITER                "left" (J9VMThread:0x0000000000ABC100)
2LKMONINUSE      sys_mon_t:0x00007F30C4042B18 infl_mon_t: 0x00007F30C4042B98:
3LKMONOBJECT       a/Ledger@0x00000000E00A2D58/0x00000000E00A2D60: Flat locked by "left" (J9VMThread:0x0000000000ABC100), entry count 1
1LKDEADLOCK    Deadlock detected !!!
2LKDEADLOCKTHR  Thread "left" (0x0000000000ABC100)
3LKDEADLOCKWTR    is waiting for:
4LKDEADLOCKOBJ      a/Wallet@0x00000000E00A2C48/0x00000000E00A2C50
3LKDEADLOCKOWN    which is owned by:
2LKDEADLOCKTHR  Thread "right" (0x0000000000ABD200)
3LKDEADLOCKWTR    which is waiting for:
4LKDEADLOCKOBJ      a/Ledger@0x00000000E00A2D58/0x00000000E00A2D60
3LKDEADLOCKOWN    which is owned by:
2LKDEADLOCKTHR  Thread "left" (0x0000000000ABC100)
1XMCURTHDINFO  Current thread
3XMTHREADINFO      "left" J9VMThread:0x0000000000ABC100, omrthread_t:0x00007F30C4108908, java/lang/Thread:0x00000000FFE1D5A0, state:B, prio=5
1XMTHDINFO     All Thread Details
3XMTHREADINFO      "left" J9VMThread:0x0000000000ABC100, omrthread_t:0x00007F30C4108908, java/lang/Thread:0x00000000FFE1D5A0, state:B, prio=5
NULL
3XMTHREADINFO      "right" J9VMThread:0x0000000000ABD200, omrthread_t:0x00007F30C4109A18, java/lang/Thread:0x00000000FFE1D6B0, state:B, prio=5
3XMJAVALTHREAD            (java/lang/Thread getId:0x22, isDaemon:true)
3XMTHREADBLOCK     Blocked on: a/Ledger@0x00000000E00A2D58 Owned by: "left" (J9VMThread:0x0000000000ABC100, java/lang/Thread:0x00000000FFE1D5A0)
4XESTACKTRACE                at a/Wallet.settle(Wallet.java:131(Compiled Code))
5XESTACKTRACE                   (entered lock: a/Wallet@0x00000000E00A2C48, entry count: 1)
4XESTACKTRACE                at java/lang/Thread.run(Thread.java:857)
NULL
3XMTHREADINFO      Anonymous native thread
`,
    threads: [
      'left | null | BLOCKED | waiting-to-lock 0x00000000E00A2C48 by right | locked 0x00000000E00A2D58 | 0',
      'right | 34 | BLOCKED | waiting-to-lock 0x00000000E00A2D58 by left | locked 0x00000000E00A2C48 | 2',
    ],
    section: [['left', 'right']],
  },
];
