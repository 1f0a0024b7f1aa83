package logjam.fleet;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.SingletonResultIterator;

/**
 * Of each file its path, as the only record: the file is opened by who digests it, in the same task, because a format is not
 * told when its task ends.
 */
final class WholeFiles implements BulkFormat<String, FileSourceSplit> {
    private static final long serialVersionUID = 1L;

    @Override
    public Reader<String> createReader(Configuration config, FileSourceSplit split) {
        return new PathOf(split.path().toString());
    }

    /** What a checkpoint has of a split is that its path was passed on, or that it was not. */
    @Override
    public Reader<String> restoreReader(Configuration config, FileSourceSplit split) {
        boolean passedOn = split.getReaderPosition().filter(position -> position.getRecordsAfterOffset() > 0).isPresent();
        return new PathOf(passedOn ? null : split.path().toString());
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }

    private static final class PathOf implements Reader<String> {
        private String path;

        PathOf(String path) {
            this.path = path;
        }

        @Override
        public RecordIterator<String> readBatch() {
            if (path == null) {
                return null;
            }
            SingletonResultIterator<String> one = new SingletonResultIterator<>();
            one.set(path, CheckpointedPosition.NO_OFFSET, 1);
            path = null;
            return one;
        }

        @Override
        public void close() {}
    }
}
