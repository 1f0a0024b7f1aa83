package logjam.fleet;

import java.io.IOException;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Writes the one digest as one line. Who looks for the file finds none, that of an earlier run, or all of it. */
final class WriteResult implements MapFunction<Tuple2<Integer, byte[]>, String> {
    private static final long serialVersionUID = 1L;

    private final String out;

    WriteResult(String out) {
        this.out = out;
    }

    @Override
    public String map(Tuple2<Integer, byte[]> digest) throws IOException {
        Path path = new Path(out);
        Path part = path.suffix(".part");
        FileSystem files = path.getFileSystem();
        try (FSDataOutputStream stream = files.create(part, FileSystem.WriteMode.OVERWRITE)) {
            stream.write(digest.f1);
            stream.write('\n');
        }
        // some file systems do not rename onto what is there
        files.delete(path, false);
        if (!files.rename(part, path)) {
            throw new IOException(part + " could not be renamed to " + path);
        }
        return out;
    }
}
