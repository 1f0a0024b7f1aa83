package model;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Reads folders from standard input, one a line; each holds the sources of many programs, `b1/…` before and `a1/…` after
 * their fix. Compiles them, runs each pair in the ways that the machine tells apart, and writes a line for each program
 * that differs, then `done` with the number of runs.
 */
public final class Compare {
    /** Runs of one program before its fix, when its outcomes are first looked for, and when one is missing among them. */
    private static final int MOST_BEFORE = 160;
    private static final int MOST_AFTER = 60;
    private static final int MOST_SEARCHED = 60_000;

    private static long runs;

    private Compare() {}

    public static void main(String[] arguments) throws Exception {
        BufferedReader folders = new BufferedReader(new InputStreamReader(System.in));
        for (String folder = folders.readLine(); folder != null; folder = folders.readLine()) {
            runs = 0;
            try {
                compare(Path.of(folder));
            } catch (Throwable e) {
                System.out.println("! " + e);
            }
            System.out.println("done " + runs);
            System.out.flush();
        }
    }

    private static void compare(Path folder) throws Exception {
        List<File> sources = new ArrayList<>();
        Set<Integer> numbers = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".java")).collect(Collectors.toList())) {
                sources.add(file.toFile());
                numbers.add(Integer.valueOf(file.getParent().getFileName().toString().substring(1)));
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path out = folder.resolve("classes");
        Files.createDirectories(out);
        List<String> options = List.of("-nowarn", "-proc:none", "-Xlint:none", "-Xmaxerrs", "50", "-d", out.toString(), "-cp", System.getProperty("java.class.path"));
        java.io.StringWriter messages = new java.io.StringWriter();
        boolean compiled = compiler.getTask(messages, null, null, options, null, compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromFiles(sources)).call();
        if (!compiled) {
            for (String line : messages.toString().split("\n")) System.out.println("! " + line);
            return;
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {out.toUri().toURL()}, Compare.class.getClassLoader())) {
            loader.setDefaultAssertionStatus(true);
            for (int number : numbers) {
                String difference = difference(loader, number);
                if (difference != null) System.out.println("# " + number + " " + difference);
            }
        }
    }

    private static Program program(ClassLoader loader, String name) throws Exception {
        return (Program) loader.loadClass(name + ".Run").getDeclaredConstructor().newInstance();
    }

    private static String difference(ClassLoader loader, int number) throws Exception {
        for (int first = 0; first < 2; first++) {
            String before = outcome(program(loader, "b" + number), first, true).text;
            String after = outcome(program(loader, "a" + number), first, true).text;
            if (!before.equals(after) && !before.startsWith("stuck")) return "one after the other: before " + before + ", after " + after;
        }
        Random random = new Random(number);
        Set<String> before = outcomes(loader, "b" + number, MOST_BEFORE, random);
        Set<String> after = outcomes(loader, "a" + number, MOST_AFTER, random);
        after.removeAll(before);
        if (after.isEmpty()) return null;
        // The search of what the program could do before was short: it is made long before anything is said.
        before.addAll(outcomes(loader, "b" + number, MOST_SEARCHED, random));
        after.removeAll(before);
        return after.isEmpty() ? null : "new outcome: " + after.iterator().next() + ", before " + before;
    }

    private static final class Outcome {
        final String text;
        final int steps;

        Outcome(String text, int steps) {
            this.text = text;
            this.steps = steps;
        }
    }

    /** Outcomes of schedules with up to three changes of threads: all with one, those with more as far as `most` goes. */
    private static Set<String> outcomes(ClassLoader loader, String name, int most, Random random) throws Exception {
        Set<String> found = new HashSet<>();
        for (int first = 0; first < 2; first++) {
            Outcome straight = outcome(program(loader, name), first, false);
            found.add(straight.text);
            int steps = straight.steps;
            for (int i = 1; i <= steps; i++) found.add(outcome(program(loader, name), first, false, i).text);
            int pairs = steps * (steps + 8) / 2;
            if (most > pairs) {
                for (int i = 1; i <= steps; i++) for (int j = i + 1; j <= steps + 8; j++) found.add(outcome(program(loader, name), first, false, i, j).text);
                if (most > 1000) {
                    for (int i = 1; i <= steps; i++)
                        for (int j = i + 1; j <= steps + 8; j++)
                            for (int k = j + 1; k <= steps + 16 && runs < Long.MAX_VALUE; k++) found.add(outcome(program(loader, name), first, false, i, j, k).text);
                }
            } else {
                for (int n = 0; n < most / 2; n++) {
                    int i = 1 + random.nextInt(Math.max(1, steps));
                    found.add(outcome(program(loader, name), first, false, i, i + 1 + random.nextInt(12)).text);
                }
            }
        }
        return found;
    }

    private static Outcome outcome(Program program, int first, boolean exact, int... at) {
        runs++;
        World world = new World();
        program.setUp(world);
        if (exact) world.peek = program::look;
        Object[] results = new Object[2];
        int steps = Model.run(() -> results[0] = resultOf(() -> program.one(world)), () -> results[1] = resultOf(() -> program.two(world)), first, at);
        if (steps < 0) return new Outcome("stuck", -1 - steps);
        return new Outcome(results[0] + " and " + results[1] + ", " + (exact ? world.ordered() : world.unordered()) + ", " + program.state(), steps);
    }

    private interface Body {
        Object run() throws Exception;
    }

    private static Object resultOf(Body body) {
        try {
            return body.run();
        } catch (Model.Stuck e) {
            throw e;
        } catch (Throwable e) {
            return e.getClass().getSimpleName();
        }
    }
}
