package logjam.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job on a cluster of one worker with two slots, with a child process that does as the files say. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FleetJobTest {
    private static MiniCluster cluster;

    @TempDir
    Path scratch;

    private final Map<String, String> files = new TreeMap<>();

    @BeforeAll
    static void start() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("rest.bind-port", "0");
        configuration.setString("rest.address", "localhost");
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .setConfiguration(configuration)
                .build());
        cluster.start();
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @BeforeEach
    void files() {
        for (int i = 0; i < 12; i++) {
            files.put("job-" + i % 3 + "/taskmanager-" + i + ".log", "line of " + i + "\nanother\n");
        }
    }

    @Test
    void theDigestOfAllFilesIsThatOfOneMachine() throws Exception {
        files.put(".hidden/_SUCCESS", "");
        files.put("a name with \u00e4, \ud83d\ude00 and %20.log", "text \u00e4\n");
        JobExecutionResult result = run();
        assertEquals(merged(files.keySet()), written());
        assertEquals(Long.valueOf(14), result.getAccumulatorResult("files"));
        assertEquals(14, begun().size());
    }

    @Test
    void whatAChildDiesHangsOrTalksNonsenseAtIsNamedAndNothingElseIsLost() throws Exception {
        List<String> sound = new ArrayList<>(files.keySet());
        files.put("poison.log", "crash");
        files.put("job-1/hang.log", "hang");
        files.put("job-2/garbage.log", "garbage");
        files.put("half.log", "half");
        files.put("once.log", "crash-once " + scratch.resolve("once"));
        sound.add("once.log");
        JobExecutionResult result = run("--file-timeout", "5");
        String because = "the process that read it ";
        assertEquals(
                merged(
                        sound,
                        unread("poison.log", because + "ended with exit code 134"),
                        unread("half.log", because + "ended without an answer"),
                        unread("job-2/garbage.log", because + "answered something that is no digest"),
                        unread("job-1/hang.log", "it took longer than 5 s")),
                written());
        assertEquals(Long.valueOf(4), result.getAccumulatorResult("files not read"));
        assertEquals(1, Collections.frequency(begun(), "job-1/hang.log"));
        assertEquals(2, Collections.frequency(begun(), "poison.log"));
    }

    @Test
    void anAnswerTooManyDoesNotPassForThatOfTheNextFile() throws Exception {
        files.put("job-1/a.log", "unasked");
        files.put("job-1/b.log", "unasked");
        List<String> sound = new ArrayList<>(files.keySet());
        sound.removeAll(List.of("job-1/a.log", "job-1/b.log"));
        run();
        String why = "the process that read it answered more than it was asked";
        assertEquals(merged(sound, unread("job-1/a.log", why), unread("job-1/b.log", why)), written());
    }

    @Test
    void aLostWorkerIsReplacedAndNothingCountsTwice() throws Exception {
        Path goOn = scratch.resolve("go-on");
        files.put("job-1/slow.log", "wait " + goOn);
        JobClient job = submit();
        while (!Files.exists(scratch.resolve("go-on.waits"))) {
            Thread.sleep(20);
        }
        cluster.terminateTaskManager(0).get();
        cluster.startTaskManager();
        Files.createFile(goOn);
        JobExecutionResult result = job.getJobExecutionResult().get();
        assertEquals(merged(files.keySet()), written());
        assertEquals(Long.valueOf(files.size()), result.getAccumulatorResult("files"));
        assertTrue(Collections.frequency(begun(), "job-1/slow.log") > 1, "it was tried again");
    }

    @Test
    void noFileGivesADigestOfNoneInPlaceOfAnEarlierOne() throws Exception {
        files.clear();
        Files.createDirectories(in());
        Files.writeString(out(), "of an earlier run\n");
        run();
        assertEquals(merged(files.keySet()), written());
    }

    @Test
    void theExecutableIsShipped() throws Exception {
        Path script = scratch.resolve("logjam.sh");
        Files.writeString(script, "#!/bin/sh\nexec " + String.join(" ", command()) + " \"$@\"\n");
        assertFalse(Files.isExecutable(script));
        write();
        StreamExecutionEnvironment env = env();
        FleetJob.plan(env, Options.of("--in", in().toString(), "--out", out().toString(), "--executable", script.toUri().toString()));
        env.execute();
        assertEquals(merged(files.keySet()), written());
    }

    @Test
    void aChildThatDoesNotStartFailsTheJobAndNotTheFiles() throws Exception {
        write();
        Path script = scratch.resolve("logjam.sh");
        Files.writeString(script, "#!/bin/sh\nexit 127\n");
        assertTrue(script.toFile().setExecutable(true));
        assertFails(script.toString(), script + " digest --frames ended with 127");
    }

    @Test
    void aMergeThatFailsFailsTheJob() throws Exception {
        files.put("job-1/no-merge.log", "sound in itself");
        write();
        Files.writeString(out(), "of an earlier run\n");
        assertFails(String.join(" ", command()), "logjam merge ended with exit code 134");
        assertEquals("of an earlier run", written());
    }

    private void assertFails(String command, String why) throws Exception {
        StreamExecutionEnvironment env = env();
        Configuration once = new Configuration();
        once.setString("restart-strategy.type", "none");
        env.configure(once);
        FleetJob.plan(env, Options.of("--in", in().toString(), "--out", out().toString(), "--command", command));
        ExecutionException failure = assertThrows(ExecutionException.class, () -> env.executeAsync().getJobExecutionResult().get());
        List<String> said = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            said.add(String.valueOf(cause.getMessage()));
        }
        assertTrue(said.stream().anyMatch(one -> one.contains(why)), said::toString);
    }

    private JobExecutionResult run(String... more) throws Exception {
        return submit(more).getJobExecutionResult().get();
    }

    private JobClient submit(String... more) throws Exception {
        write();
        List<String> args = new ArrayList<>(List.of("--in", in().toUri().toString(), "--out", out().toUri().toString()));
        args.addAll(List.of("--command", String.join(" ", command()), "--buckets", "3"));
        args.addAll(Arrays.asList(more));
        StreamExecutionEnvironment env = env();
        FleetJob.plan(env, Options.of(args.toArray(String[]::new)));
        return env.executeAsync();
    }

    private StreamExecutionEnvironment env() throws Exception {
        URI rest = cluster.getRestAddress().get();
        return StreamExecutionEnvironment.createRemoteEnvironment(rest.getHost(), rest.getPort()).setParallelism(2);
    }

    private void write() throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = in().resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private Path in() {
        return scratch.resolve("logs");
    }

    private Path out() {
        return scratch.resolve("fleet.digest");
    }

    private List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = Path.of(URI.create(FakeLogjam.class.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
        return List.of(java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-cp", classes, FakeLogjam.class.getName(), log().toString());
    }

    private Path log() {
        return scratch.resolve("begun.txt");
    }

    /** Names of the files that a child has begun to read, as often as one has. */
    private List<String> begun() throws IOException {
        return Files.readAllLines(log());
    }

    /** The line that was written, and that it is the only one and no part is left. */
    private String written() throws IOException {
        List<String> lines = Files.readAllLines(out());
        assertEquals(1, lines.size());
        assertFalse(Files.exists(Path.of(out() + ".part")));
        return lines.get(0);
    }

    /** What one machine says of these files. */
    private String merged(Iterable<String> names, String... unread) {
        TreeSet<String> sources = new TreeSet<>();
        for (String name : names) {
            String digest = FakeLogjam.digestOf(Digests.quote(name).replaceAll("^\"|\"$", ""), files.get(name));
            sources.add(digest.substring("{\"schema\":1,\"sources\":[".length(), digest.length() - "],\"counted\":[],\"unread\":[]}".length()));
        }
        return FakeLogjam.merged(sources, new TreeSet<>(List.of(unread)));
    }

    private static String unread(String name, String why) {
        return "{\"name\":" + Digests.quote(name) + ",\"why\":" + Digests.quote(why) + ",\"failed\":true}";
    }
}
