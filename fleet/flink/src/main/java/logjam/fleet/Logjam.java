package logjam.fleet;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.flink.api.common.functions.RuntimeContext;

/** How logjam is started on a worker, and how long it may be silent. */
final class Logjam implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Its name among the files that Flink ships. */
    static final String CACHED = "logjam";

    static final String[] DIGEST = {"digest", "--frames"};

    private static final int SECONDS_TO_START = 60;

    private final List<String> installed;
    final Duration limit;

    /** @param installed a command that is on every worker; empty: the executable that Flink ships */
    Logjam(List<String> installed, Duration limit) {
        this.installed = new ArrayList<>(installed);
        this.limit = limit;
    }

    Child start(RuntimeContext context, String... args) throws IOException {
        return Child.start(command(context, args));
    }

    /**
     * Where it cannot read even no file at all (another processor, another C library, a mount without the right to execute, a logjam
     * that is too old) the worker is at fault and not the file.
     *
     * @throws IOException so that the task is tried again, perhaps elsewhere, and no file is called unread
     */
    void check(RuntimeContext context) throws IOException, InterruptedException {
        List<String> command = command(context, DIGEST);
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (!process.waitFor(SECONDS_TO_START, TimeUnit.SECONDS)) {
                throw new IOException(String.join(" ", command) + " took longer than " + SECONDS_TO_START + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(RuntimeContext context, String... args) {
        List<String> command = new ArrayList<>(installed);
        if (command.isEmpty()) {
            command.add(context.getDistributedCache().getFile(CACHED).getPath());
        }
        command.addAll(List.of(args));
        return command;
    }
}
