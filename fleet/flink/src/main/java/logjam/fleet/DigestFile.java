package logjam.fleet;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * From the path of a file to its digest, by a child process that reads one file after the other. Every file gets a digest: one
 * that cannot be read, or at which the child dies, hangs or says something else, gets one that says so.
 */
final class DigestFile extends RichMapFunction<String, Tuple2<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    /** A child may have died of what it read before, and a file system may answer the next time. */
    private static final int TRIES = 2;

    private static final byte[] BEGINS = "{\"schema\":".getBytes(StandardCharsets.UTF_8);

    private final Logjam logjam;
    private final Names names;
    private final int buckets;
    private transient boolean checked;
    private transient Child child;

    DigestFile(Logjam logjam, Names names, int buckets) {
        this.logjam = logjam;
        this.names = names;
        this.buckets = buckets;
    }

    @Override
    public Tuple2<Integer, byte[]> map(String file) throws Exception {
        Path path = new Path(file);
        String name = names.of(path);
        getRuntimeContext().getLongCounter("files").add(1);
        return Tuple2.of(Math.floorMod(name.hashCode(), buckets), digest(path, name));
    }

    private byte[] digest(Path path, String name) throws Exception {
        if (!checked) {
            logjam.check(getRuntimeContext());
            checked = true;
        }
        String why = null;
        for (int left = TRIES; left > 0; left--) {
            if (child == null) {
                child = logjam.start(getRuntimeContext(), Logjam.DIGEST);
            }
            try {
                return child.talk(logjam.limit, (in, out) -> ask(path, name, in, out));
            } catch (TimeoutException e) {
                why = "it took longer than " + logjam.limit.getSeconds() + " s";
                // a second time would take as long again
                left = 1;
            } catch (Unreadable e) {
                why = e.getMessage();
            } catch (Strange e) {
                why = "the process that read it " + e.getMessage();
            } catch (IOException e) {
                String trouble = child.trouble();
                why = "the process that read it " + (trouble == null ? "ended without an answer" : trouble);
            }
            // half a file may be in its pipe
            stop();
        }
        getRuntimeContext().getLongCounter("files not read").add(1);
        return Digests.unread(name, why);
    }

    /**
     * Behind each file an empty one of another name is asked about. By its answer the child shows that it is in step: a line too many
     * would otherwise pass for the digest of the next file, and that one for nothing.
     */
    private byte[] ask(Path path, String name, OutputStream in, InputStream out) throws IOException {
        String step = "step-" + UUID.randomUUID();
        send(path, name, in);
        in.write(header(step, 0));
        in.flush();
        byte[] digest = answer(out);
        if (!isDigest(digest)) {
            throw new Strange("answered something that is no digest");
        }
        if (!new String(answer(out), StandardCharsets.UTF_8).contains(step)) {
            throw new Strange("answered more than it was asked");
        }
        return digest;
    }

    private static byte[] answer(InputStream out) throws IOException {
        byte[] line = Child.line(out);
        if (line == null) {
            throw new IOException("no answer");
        }
        return line;
    }

    private static byte[] header(String name, long bytes) {
        return ("{\"name\":" + Digests.quote(name) + ",\"bytes\":" + bytes + "}\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void send(Path path, String name, OutputStream in) throws IOException {
        FSDataInputStream file;
        long bytes;
        try {
            FileSystem files = path.getFileSystem();
            bytes = files.getFileStatus(path).getLen();
            file = files.open(path);
        } catch (IOException e) {
            throw new Unreadable(e);
        }
        try (file) {
            in.write(header(name, bytes));
            byte[] chunk = new byte[1 << 16];
            // Of a file that grows meanwhile as much is read as was promised.
            for (long left = bytes; left > 0; ) {
                int count = read(file, chunk, (int) Math.min(left, chunk.length));
                in.write(chunk, 0, count);
                left -= count;
            }
        }
    }

    private static int read(FSDataInputStream file, byte[] chunk, int most) throws Unreadable {
        try {
            int count = file.read(chunk, 0, most);
            if (count < 0) {
                throw new IOException("it became shorter while it was read");
            }
            return count;
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    private static boolean isDigest(byte[] line) {
        if (line.length <= BEGINS.length || line[line.length - 1] != '}') {
            return false;
        }
        for (int i = 0; i < BEGINS.length; i++) {
            if (line[i] != BEGINS[i]) {
                return false;
            }
        }
        return true;
    }

    private void stop() {
        if (child != null) {
            child.close();
            child = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** The file cannot be read; the child is not at fault, but waits for the rest of it. */
    private static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreadable(IOException cause) {
            super(cause instanceof FileNotFoundException ? "it is not there any more" : "it cannot be read: " + cause.getMessage(), cause);
        }
    }

    /** The child runs, and does not do what it was asked for. */
    private static final class Strange extends IOException {
        private static final long serialVersionUID = 1L;

        Strange(String what) {
            super(what);
        }
    }
}
