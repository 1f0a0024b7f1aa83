import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes garbage of several ages until so many megabytes have been allocated, then writes what the JVM's own beans have
 * counted: the truth for the GC log of this process. Options: mb=400 live=20 explicit=1 humongous=600 leak truth=FILE.
 */
public class Allocate {
  static volatile Object sink;

  public static void main(String[] args) throws Exception {
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      String[] parts = arg.split("=", 2);
      options.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    try {
      allocate(options);
    } catch (OutOfMemoryError error) {
      System.err.println("out of memory");
    }
    // A concurrent collection may still run; and what this writes must not make another one.
    Path truth = Path.of(options.get("truth"));
    String counted;
    do {
      Thread.sleep(200);
      counted = counts();
      Files.writeString(truth, counted);
    } while (!counted.equals(counts()));
    // Without the collections of an orderly end, which the beans can no longer tell of.
    Runtime.getRuntime().halt(0);
  }

  static void allocate(Map<String, String> options) {
    long limit = number(options, "mb", 400) << 20;
    int explicit = (int) number(options, "explicit", 0);
    int humongous = (int) number(options, "humongous", 0) << 10;
    boolean leak = options.containsKey("leak");
    Random random = new Random(1);
    byte[][] kept = new byte[(int) number(options, "live", 20) * 16][];
    List<byte[]> leaked = new ArrayList<>();
    int asked = 0;
    for (long allocated = 0; allocated < limit; ) {
      byte[] block = new byte[16 + random.nextInt(16_000)];
      allocated += block.length;
      sink = block;
      if (random.nextInt(8) == 0) kept[random.nextInt(kept.length)] = new byte[65_536];
      if (leak && random.nextInt(6) == 0) leaked.add(block);
      if (humongous > 0 && random.nextInt(200) == 0) sink = new byte[humongous];
      if (asked < explicit && allocated > limit / (explicit + 1) * (asked + 1)) {
        asked++;
        System.gc();
      }
    }
  }

  static long number(Map<String, String> options, String name, long otherwise) {
    return options.containsKey(name) ? Long.parseLong(options.get(name)) : otherwise;
  }

  static String counts() {
    List<String> beans = new ArrayList<>();
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans())
      beans.add(String.format("  \"%s\": { \"count\": %d, \"ms\": %d }", bean.getName(), bean.getCollectionCount(), bean.getCollectionTime()));
    return "{\n" + String.join(",\n", beans) + "\n}\n";
  }
}
