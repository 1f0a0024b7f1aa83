package logjam.fleet;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a worker needs of logjam, with digests that hold the content of a file: a merge that lost or repeated something would
 * show. A file that begins with one of the words below does harm.
 */
public final class FakeLogjam {
    private static final Pattern HEADER = Pattern.compile("\\{\"name\":\"(.*)\",\"bytes\":(\\d+)}");
    private static final Pattern DIGEST = Pattern.compile("\\{\"schema\":1,\"sources\":\\[(.*)],\"counted\":\\[],\"unread\":\\[(.*)]}");

    /** The first argument is a file to which the name of each file is added that is begun. */
    public static void main(String[] args) throws Exception {
        switch (args[1]) {
            case "digest":
                while (digest(Path.of(args[0]), System.in)) {
                    System.out.flush();
                }
                return;
            case "merge":
                merge();
                return;
            default:
                System.exit(2);
        }
    }

    private static boolean digest(Path log, InputStream in) throws Exception {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                return false;
            }
            line.write(one);
        }
        Matcher header = HEADER.matcher(line.toString(StandardCharsets.UTF_8));
        if (!header.matches()) {
            throw new IOException("no header: " + line.toString(StandardCharsets.UTF_8));
        }
        String name = header.group(1);
        if (!name.startsWith("step-")) {
            Files.writeString(log, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        int bytes = Integer.parseInt(header.group(2));
        byte[] content = in.readNBytes(bytes);
        if (content.length < bytes) {
            return false;
        }
        String text = new String(content, StandardCharsets.UTF_8);
        harm(text.split("\\s+"));
        System.out.println(digestOf(name, text));
        return true;
    }

    private static void harm(String[] words) throws Exception {
        switch (words[0]) {
            case "crash":
                Runtime.getRuntime().halt(134);
                return;
            case "crash-once":
                if (first(words[1])) {
                    Runtime.getRuntime().halt(134);
                }
                return;
            case "half":
                System.out.print("{\"schema\":1,\"sour");
                System.out.flush();
                Runtime.getRuntime().halt(0);
                return;
            case "garbage":
                System.out.println("no digest at all");
                return;
            case "unasked":
                System.out.println("{\"schema\":1,\"sources\":[],\"counted\":[],\"unread\":[]}");
                return;
            case "hang":
                Thread.sleep(600_000);
                return;
            case "wait":
                first(words[1] + ".waits");
                while (!Files.exists(Path.of(words[1]))) {
                    Thread.sleep(20);
                }
                return;
            default:
        }
    }

    private static boolean first(String mark) throws IOException {
        try {
            Files.createFile(Path.of(mark));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    static String digestOf(String name, String text) {
        return "{\"schema\":1,\"sources\":[<" + name + ": " + text.replace("\n", "|") + ">],\"counted\":[],\"unread\":[]}";
    }

    private static void merge() throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        TreeSet<String> sources = new TreeSet<>();
        TreeSet<String> unread = new TreeSet<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher digest = DIGEST.matcher(line);
            if (!digest.matches()) {
                throw new IOException("no digest: " + line);
            }
            sources.addAll(items(digest.group(1), "(?<=>),(?=<)"));
            unread.addAll(items(digest.group(2), "(?<=}),(?=\\{)"));
        }
        if (sources.stream().anyMatch(source -> source.contains("no-merge"))) {
            Runtime.getRuntime().halt(134);
        }
        System.out.println(merged(sources, unread));
    }

    private static List<String> items(String list, String between) {
        return list.isEmpty() ? List.of() : Arrays.asList(list.split(between));
    }

    static String merged(TreeSet<String> sources, TreeSet<String> unread) {
        return "{\"schema\":1,\"sources\":[" + String.join(",", sources) + "],\"counted\":[],\"unread\":[" + String.join(",", unread) + "]}";
    }

    private FakeLogjam() {}
}
