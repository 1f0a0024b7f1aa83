package logjam.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the job is asked for. */
final class Options {
    static final String USAGE = "usage: --in FOLDER… --out FILE [--executable FILE | --command 'PROGRAM ARGUMENT…']\n"
            + "       [--file-timeout SECONDS] [--buckets N]\n"
            + "  --in            what is read, with everything below it; once for each folder or file\n"
            + "  --out           the file that gets the digest of all\n"
            + "  --executable    logjam-linux-x64 in any file system of Flink; it is shipped to the workers\n"
            + "  --command       a logjam that is on every worker already\n"
            + "  --file-timeout  a file that takes longer is named as not read (300)\n"
            + "  --buckets       merges of the first round (the parallelism of the job)";

    final List<String> in = new ArrayList<>();
    /** Empty: the executable is shipped. */
    final List<String> command;
    final String out;
    /** Null: it is shipped by pipeline.cached-files, or not at all. */
    final String executable;
    final Duration limit;
    /** 0: as many as the job has subtasks. */
    final int buckets;

    private Options(String[] args) {
        String to = null;
        String shipped = null;
        List<String> installed = List.of();
        int seconds = 300;
        int rounds = 0;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + ": a value must follow");
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "--in":
                    in.add(value);
                    break;
                case "--out":
                    to = value;
                    break;
                case "--executable":
                    shipped = value;
                    break;
                case "--command":
                    installed = List.of(value.trim().split("\\s+"));
                    break;
                case "--file-timeout":
                    seconds = positive(args[i], value);
                    break;
                case "--buckets":
                    rounds = positive(args[i], value);
                    break;
                default:
                    throw new IllegalArgumentException(args[i] + ": there is no such option");
            }
        }
        if (in.isEmpty() || to == null) {
            throw new IllegalArgumentException("--in and --out are needed");
        }
        for (String folder : in) {
            if (to.equals(folder) || to.startsWith(Names.withoutSlash(folder) + "/")) {
                throw new IllegalArgumentException(to + " is below " + folder + ": the next run would read the result of this one");
            }
        }
        if (shipped != null && !installed.isEmpty()) {
            throw new IllegalArgumentException("--executable or --command, not both");
        }
        command = installed;
        out = to;
        executable = shipped;
        limit = Duration.ofSeconds(seconds);
        buckets = rounds;
    }

    /** @throws IllegalArgumentException which says what is wrong */
    static Options of(String... args) {
        return new Options(args);
    }

    private static int positive(String option, String value) {
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(option + " " + value + ": a whole number from 1 on is needed");
        }
        return Integer.parseInt(value);
    }
}
