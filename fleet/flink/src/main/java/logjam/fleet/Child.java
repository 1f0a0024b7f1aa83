package logjam.fleet;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.flink.util.FileUtils;

/**
 * A child process that is asked by its standard input and answers in lines. Pipes neither time out nor can be interrupted, so a
 * thread of the child's own talks to it, and the task waits for that thread. What the child says on standard error goes to
 * that of the TaskManager.
 */
final class Child implements AutoCloseable {
    /** Of an answer. A digest of one log is at most some hundred kilobytes; an archive has one for each of its files. */
    private static final int MAX_LINE = 64 << 20;

    private static final int SECONDS_TO_END = 10;

    private final Process process;
    /** It lays down what it is sent in its temporary folder, and would leave it there when it is ended. */
    private final Path scratch;
    private final OutputStream in;
    private final InputStream out;
    private final ExecutorService talker;

    private Child(Process process, Path scratch) {
        this.process = process;
        this.scratch = scratch;
        this.in = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
        this.out = new BufferedInputStream(process.getInputStream(), 1 << 16);
        this.talker = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "logjam-" + process.pid());
            thread.setDaemon(true);
            return thread;
        });
    }

    static Child start(List<String> command) throws IOException {
        Path scratch = Files.createTempDirectory("logjam-");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("TMPDIR", scratch.toString());
            return new Child(builder.start(), scratch);
        } catch (IOException e) {
            FileUtils.deleteDirectoryQuietly(scratch.toFile());
            throw e;
        }
    }

    /** What is to be done with the two ends of the pipes. */
    interface Talk<T> {
        T with(OutputStream in, InputStream out) throws Exception;
    }

    /**
     * Talks to the child; after any exception it is of no more use and is to be closed.
     *
     * @throws TimeoutException when it takes too long
     * @throws InterruptedException when the task is cancelled
     */
    <T> T talk(Duration limit, Talk<T> talk) throws Exception {
        Callable<T> work = () -> talk.with(in, out);
        Future<T> talking = talker.submit(work);
        try {
            return talking.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception) {
                throw (Exception) e.getCause();
            }
            throw e;
        }
    }

    /** The next line without its newline, or null at the end of the output. */
    static byte[] line(InputStream out) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 12);
        for (int one = out.read(); one != '\n'; one = out.read()) {
            if (one < 0) {
                return null;
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("an answer of more than " + MAX_LINE + " bytes");
            }
            line.write(one);
        }
        return line.toByteArray();
    }

    /** What became of it after the end of its output; null: it is done and content. */
    String trouble() throws InterruptedException {
        // its pipes are closed a little before it can be asked how it ended
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
            return "closed its output and did not end";
        }
        return process.exitValue() == 0 ? null : "ended with exit code " + process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        talker.shutdownNow();
        // it may be writing until it is gone
        process.onExit().thenRun(() -> FileUtils.deleteDirectoryQuietly(scratch.toFile()));
    }
}
