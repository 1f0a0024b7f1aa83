import { told } from './told.ts';

/** What to look at where the JVM crashed in a native library. */
export interface CrashKind {
  /** Against the library's file name, or the problematic frame where it names none. */
  library: RegExp;
  next: string;
  samples: readonly string[];
  nearMisses: readonly string[];
}

/** The first that fits counts; the last fits all. */
export const CRASHES: readonly CrashKind[] = told([
  {
    library: /^librocksdbjni/,
    next: 'RocksDB: state that is read after it was closed (a thread or timer of the job that outlives its task), a full disk under mapped files, or memory that ran out. The stack of the current thread in hs_err_pid*.log names the caller.',
    samples: ['librocksdbjni-linux64.so'],
    nearMisses: ['libjvm.so'],
  },
  {
    library: /^lib(?:netty|native-epoll)/,
    next: "Netty's native transport: another version of it in the job jar, or one for another platform. taskmanager.network.netty.transport: nio does without it.",
    samples: ['libnetty_transport_native_epoll_x86_64.so', 'libnetty_tcnative.so'],
    nearMisses: ['libnet.so'],
  },
  {
    library: /^lib(?:zstd|snappy|lz4)/,
    next: 'A compression library: two versions of its jar, or an image with musl instead of glibc (Alpine). Another compression shows whether it is to blame.',
    samples: ['libzstd-jni-1.5.5.so', 'libsnappyjava.so'],
    nearMisses: ['libz.so.1'],
  },
  {
    library: /^libjvm/,
    next: 'The JVM itself: a newer patch release of Java; "Current CompileTask" in hs_err_pid*.log names a method that -XX:CompileCommand=exclude keeps from being compiled.',
    samples: ['libjvm.so'],
    nearMisses: ['librocksdbjni-linux64.so'],
  },
  {
    library: /(?:)/,
    next: 'hs_err_pid*.log: the problematic frame and the stack of the current thread name the library and who called it.',
    samples: ['libfoo.so'],
    nearMisses: [],
  },
]);

export const crashKind = (library: string): CrashKind => CRASHES.find((kind) => kind.library.test(library)) as CrashKind;
