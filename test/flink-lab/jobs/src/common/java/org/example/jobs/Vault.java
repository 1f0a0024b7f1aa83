package org.example.jobs;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** The files of this machine as "vault:", where a file that is written into the folder of a checkpoint is never taken. */
public final class Vault implements FileSystemFactory {
    @Override
    public String getScheme() {
        return "vault";
    }

    @Override
    public FileSystem create(URI uri) {
        return new VaultFileSystem();
    }

    private static final class VaultFileSystem extends LocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("vault:///");
        }

        @Override
        public FSDataOutputStream create(Path path, FileSystem.WriteMode mode) throws IOException {
            return new VaultStream();
        }
    }

    /** Waits for an answer to the first bytes. */
    private static final class VaultStream extends FSDataOutputStream {
        private final CountDownLatch taken = new CountDownLatch(1);

        @Override
        public void write(int b) throws IOException {
            upload();
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            upload();
        }

        private void upload() throws IOException {
            try {
                taken.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public long getPos() {
            return 0;
        }

        @Override
        public void flush() {}

        @Override
        public void sync() {}

        @Override
        public void close() {}
    }
}
