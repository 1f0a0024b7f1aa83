package org.example.jobs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Map;
import java.util.TreeMap;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * All jobs by the name of their scenario. {@code Jobs NAME} runs one; {@code Jobs --plans DIR} writes the execution
 * plan of each into DIR/NAME.json and runs nothing.
 */
public final class Jobs {

    /** Adds one scenario's operators to an environment. */
    public interface Job {
        void build(StreamExecutionEnvironment env) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Map<String, Job> jobs = all();
        if (args.length == 2 && args[0].equals("--plans")) {
            Path folder = Files.createDirectories(Paths.get(args[1]));
            for (Map.Entry<String, Job> job : jobs.entrySet()) {
                StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
                job.getValue().build(env);
                Files.write(
                        folder.resolve(job.getKey() + ".json"),
                        env.getExecutionPlan().getBytes(StandardCharsets.UTF_8));
            }
            return;
        }
        Job job = args.length == 1 ? jobs.get(args[0]) : null;
        if (job == null) {
            throw new IllegalArgumentException("usage: Jobs NAME | Jobs --plans DIR, with NAME one of " + jobs.keySet());
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        job.build(env);
        env.execute(args[0]);
    }

    private static Map<String, Job> all() {
        Map<String, Job> jobs = new TreeMap<>();
        jobs.put("word-count", WordCount::build);
        jobs.put("unaligned-checkpoints", WordCount::buildUnaligned);
        jobs.put("checkpoint-timeout", WordCount::buildWithCheckpointTimeout);
        jobs.put("taskmanager-killed", WordCount::buildSteady);
        jobs.put("windowed-join", WindowedJoin::build);
        jobs.put("monitor-deadlock", Locks::monitorDeadlock);
        jobs.put("reentrant-lock", Locks::reentrantLock);
        jobs.put("class-init-deadlock", ClassInit::build);
        jobs.put("heap-out-of-memory", OutOfMemory::heap);
        jobs.put("direct-out-of-memory", OutOfMemory::direct);
        jobs.put("metaspace-out-of-memory", OutOfMemory::metaspace);
        jobs.put("failing-sink", Failures::failingSink);
        jobs.put("cancel-does-not-react", Failures::cancelDoesNotReact);
        jobs.put("stuck-sink", HiddenWaits::stuckSink);
        jobs.put("waits-for-own-checkpoint", HiddenWaits::ownCheckpoint);
        jobs.put("silent-server", HiddenWaits::silentServer);
        jobs.put("callback-needs-monitor", HiddenWaits::callbackNeedsMonitor);
        jobs.put("stuck-fetch", StuckFetch::build);
        jobs.put("initialiser-uses-pool", HiddenWaits::initialiserUsesPool);
        jobs.put("nested-monitor", HiddenWaits::nestedMonitor);
        jobs.put("join-under-monitor", HiddenWaits::joinUnderMonitor);
        jobs.put("flush-under-monitor", HiddenWaits::flushUnderMonitor);
        jobs.put("pool-of-one", HiddenWaits::poolOfOne);
        jobs.put("empty-connection-pool", HiddenWaits::emptyConnectionPool);
        jobs.put("lock-upgrade", HiddenWaits::lockUpgrade);
        jobs.put("executor-never-ends", HiddenWaits::executorNeverEnds);
        jobs.put("pool-of-two", HiddenWaits::poolOfTwo);
        jobs.put("full-buffer", HiddenWaits::fullBuffer);
        jobs.put("stamped-upgrade", LockUpgrades::stampedInTask);
        jobs.put("stamped-upgrade-beside-task", LockUpgrades::stampedBeside);
        jobs.put("lock-upgrade-beside-task", LockUpgrades::reentrantBeside);
        jobs.put("lock-upgrade-in-one-method", LockUpgrades::reentrantInOneMethod);
        jobs.put("stuck-taskexecutor", StuckPlugins::reporter);
        jobs.put("checkpoint-file-hangs", StuckPlugins::checkpointStorage);
        jobs.put("callback-waits-for-client", AsyncClients::callbackWaits);
        jobs.put("async-pool-empty", AsyncClients::connectionsGone);
        jobs.put("stuck-enumerator", StuckEnumerator::inCoordinator);
        jobs.put("stuck-jobmaster", StuckEnumerator::inJobMaster);
        jobs.put("stuck-discovery", StuckEnumerator::inWorker);
        jobs.put("source-keeps-checkpoint-lock", HiddenWaits::sourceKeepsLock);
        jobs.put("restart-loop", Incidents::restartLoop);
        jobs.put("checkpoint-never-acknowledged", Incidents::checkpointNeverAcknowledged);
        jobs.put("skewed-key", Incidents::skewedKey);
        jobs.put("convoy", Incidents::convoy);
        jobs.put("hanging-initialisation", Incidents::hangingInitialisation);
        jobs.put("gc-thrash", Incidents::gcThrash);
        jobs.put("slots-missing", Incidents::slotsMissing);
        jobs.put("healthy", Incidents::throughputFine);
        jobs.put("metaspace-leak", ClusterIncidents::metaspaceLeak);
        jobs.put("savepoint-old-job", env -> ClusterIncidents.totals(env, "totals"));
        jobs.put("savepoint-does-not-map", env -> ClusterIncidents.totals(env, "totals-per-customer"));
        jobs.put("lost-leadership", WordCount::buildSteady);
        jobs.putAll(Loops.all());
        return jobs;
    }

    private Jobs() {}
}
