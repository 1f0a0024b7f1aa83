package logjam.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.apache.flink.core.fs.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "/logs,                     file:/logs/a/tm.log,             a/tm.log",
        "file:///logs/,             file:/logs/tm 1%20.log,          tm 1%20.log",
        "hdfs:///logs,              hdfs://nn:8020/logs/tm.log,      tm.log",
        "s3://bucket/,              s3://bucket/app/tm.log,          app/tm.log",
        "s3://bucket,               s3://bucket/app/tm.log,          app/tm.log",
        "/logs/tm.log,              file:/logs/tm.log,               /logs/tm.log",
        "/logs /data/logs/,         file:/data/logs/tm.log,          /data/logs/tm.log",
        "/data/logs /logs,          file:/logs/data/logs/tm.log,     /logs/data/logs/tm.log",
        "/logs /logs/app,           file:/logs/app/tm.log,           /logs/app/tm.log",
        "s3://one/logs s3://b/logs, s3://b/logs/tm.log,              s3://b/logs/tm.log",
        "/log,                      file:/logs/tm.log,               file:/logs/tm.log",
    })
    void areThoseOfTheCommandLine(String roots, String path, String name) {
        assertEquals(name, new Names(List.of(roots.split(" "))).of(new Path(path)));
    }
}
