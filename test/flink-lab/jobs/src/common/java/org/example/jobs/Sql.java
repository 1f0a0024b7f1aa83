package org.example.jobs;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * SQL on generated tables. {@code Sql explain DIR} writes every kind of EXPLAIN text into DIR, and the compiled plan
 * where the version has it; {@code Sql hash-join} runs a batch hash join that does not get its managed memory.
 */
public final class Sql {

    private static final String[] TABLES = {
        "CREATE TABLE orders (id BIGINT, customer BIGINT, amount DOUBLE, order_time TIMESTAMP(3),"
                + " WATERMARK FOR order_time AS order_time - INTERVAL '1' SECOND) WITH ('connector' = 'datagen')",
        "CREATE TABLE customers (id BIGINT, name STRING, country STRING) WITH ('connector' = 'datagen')",
        "CREATE TABLE by_country (country STRING, orders BIGINT, total DOUBLE) WITH ('connector' = 'blackhole')",
        "CREATE TABLE per_minute (window_start TIMESTAMP(3), customer BIGINT, total DOUBLE)"
                + " WITH ('connector' = 'blackhole')",
    };

    private static final String JOIN =
            "INSERT INTO by_country SELECT c.country, COUNT(*), SUM(o.amount) FROM orders o"
                    + " JOIN customers c ON o.customer = c.id WHERE o.amount > 10 GROUP BY c.country";

    private static final String WINDOW =
            "INSERT INTO per_minute SELECT TUMBLE_START(order_time, INTERVAL '1' MINUTE), customer, SUM(amount)"
                    + " FROM orders GROUP BY TUMBLE(order_time, INTERVAL '1' MINUTE), customer";

    public static void main(String[] args) throws Exception {
        if (args.length == 2 && args[0].equals("explain")) {
            explain(Files.createDirectories(Paths.get(args[1])));
        } else if (args.length == 1 && args[0].equals("hash-join")) {
            hashJoin();
        } else {
            throw new IllegalArgumentException("usage: Sql explain DIR | Sql hash-join");
        }
    }

    private static void explain(Path folder) throws Exception {
        TableEnvironment streaming = environment(EnvironmentSettings.newInstance().inStreamingMode().build());
        write(folder, "explain.txt", streaming.explainSql(JOIN));
        for (ExplainDetail detail : ExplainDetail.values()) {
            String name = detail.name().toLowerCase().replace('_', '-');
            write(folder, "explain-" + name + ".txt", streaming.explainSql(JOIN, detail));
        }
        StatementSet both = streaming.createStatementSet();
        both.addInsertSql(JOIN);
        both.addInsertSql(WINDOW);
        write(folder, "explain-statement-set.txt", both.explain(ExplainDetail.JSON_EXECUTION_PLAN));

        TableEnvironment batch = batchEnvironment();
        write(folder, "explain-batch.txt", batch.explainSql(HASH_JOIN, ExplainDetail.ESTIMATED_COST));

        try {
            streaming.executeSql("COMPILE PLAN '" + folder.resolve("compiled-plan.json").toUri() + "' FOR " + JOIN);
        } catch (org.apache.flink.table.api.TableException | org.apache.flink.table.api.SqlParserException e) {
            // COMPILE PLAN came with 1.15
            System.err.println("no compiled plan: " + e.getMessage().split("\n")[0]);
        }
    }

    private static final String HASH_JOIN =
            "INSERT INTO joined SELECT keep_memory(i.item_id), u.gender FROM items i JOIN users u ON i.user_id = u.id";

    private static void hashJoin() throws Exception {
        batchEnvironment().executeSql(HASH_JOIN);
    }

    private static TableEnvironment batchEnvironment() {
        TableEnvironment batch = environment(EnvironmentSettings.newInstance().inBatchMode().build());
        batch.getConfig().getConfiguration().setString("table.exec.disabled-operators", "NestedLoopJoin,SortMergeJoin");
        batch.getConfig().getConfiguration().setString("table.optimizer.join.broadcast-threshold", "-1");
        batch.getConfig().getConfiguration().setString("table.exec.resource.default-parallelism", "1");
        batch.executeSql(
                "CREATE TABLE items (item_id BIGINT, user_id BIGINT)"
                        + " WITH ('connector' = 'datagen', 'number-of-rows' = '1000')");
        batch.executeSql(
                "CREATE TABLE users (id BIGINT, gender STRING)"
                        + " WITH ('connector' = 'datagen', 'number-of-rows' = '1000')");
        batch.executeSql("CREATE TABLE joined (item_id BIGINT, gender STRING) WITH ('connector' = 'blackhole')");
        batch.createTemporarySystemFunction("keep_memory", KeepMemory.class);
        return batch;
    }

    private static TableEnvironment environment(EnvironmentSettings settings) {
        TableEnvironment env = TableEnvironment.create(settings);
        for (String table : TABLES) {
            env.executeSql(table);
        }
        return env;
    }

    private static void write(Path folder, String name, String text) throws Exception {
        Files.write(folder.resolve(name), (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes pages of managed memory that nobody granted, before the join it is chained to asks for its own: what
     * FLINK-20663 did by giving memory back late. Operators of a chain open from the last to the first.
     */
    public static final class KeepMemory extends ScalarFunction {
        private static final int PAGES = 8;

        @Override
        public void open(FunctionContext context) throws Exception {
            Object runtime = field(context, "context");
            Object environment = field(runtime, "taskEnvironment");
            Object memory = environment.getClass().getMethod("getMemoryManager").invoke(environment);
            memory.getClass().getMethod("allocatePages", Object.class, int.class).invoke(memory, this, PAGES);
        }

        public Long eval(Long id) {
            return id;
        }

        private static Object field(Object owner, String name) throws ReflectiveOperationException {
            for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (field.getName().equals(name)) {
                        field.setAccessible(true);
                        return field.get(owner);
                    }
                }
            }
            throw new NoSuchFieldException(owner.getClass() + "." + name);
        }
    }

    private Sql() {}
}
