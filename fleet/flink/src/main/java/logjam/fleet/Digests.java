package logjam.fleet;

import java.nio.charset.StandardCharsets;

/** The digests that need no logjam. They are of the shape that it writes, which {@code logjam merge} insists on. */
final class Digests {
    static final byte[] NONE = digest("");

    /** Of a file that was not read. */
    static byte[] unread(String name, String why) {
        return digest("{\"name\":" + quote(name) + ",\"why\":" + quote(why) + ",\"failed\":true}");
    }

    private static byte[] digest(String unread) {
        return ("{\"schema\":1,\"sources\":[],\"counted\":[],\"unread\":[" + unread + "]}").getBytes(StandardCharsets.UTF_8);
    }

    /** As a string of JSON, with escapes for what may not stand in one or would end a line. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char one : text.toCharArray()) {
            if (one == '"' || one == '\\') {
                quoted.append('\\').append(one);
            } else if (one < ' ' || one == '\u2028' || one == '\u2029' || Character.isSurrogate(one)) {
                quoted.append(String.format("\\u%04x", (int) one));
            } else {
                quoted.append(one);
            }
        }
        return quoted.append('"').toString();
    }

    private Digests() {}
}
