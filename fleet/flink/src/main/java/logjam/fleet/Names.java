package logjam.fleet;

import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.apache.flink.core.fs.Path;

/** How files are called in digests: below the one folder that was named, or with their folder where there are several. */
final class Names implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<String> roots;

    /** @param roots folders and files as they were named */
    Names(List<String> roots) {
        this.roots = new ArrayList<>(roots);
    }

    /** @param path of a file that was found below a root, with all that its file system has added to it */
    String of(Path path) {
        URI file = path.toUri();
        String name = file.toString();
        int longest = -1;
        for (String root : roots) {
            URI folder = new Path(root).toUri();
            String start = withoutSlash(folder.getPath());
            boolean sameStore = folder.getAuthority() == null || folder.getAuthority().equals(file.getAuthority());
            if (!sameStore || start.length() <= longest) {
                continue;
            }
            if (file.getPath().equals(start)) {
                name = root;
            } else if (file.getPath().startsWith(start + "/")) {
                String below = file.getPath().substring(start.length() + 1);
                name = roots.size() == 1 ? below : withoutSlash(root) + "/" + below;
            } else {
                continue;
            }
            longest = start.length();
        }
        return name;
    }

    static String withoutSlash(String path) {
        return path.replaceFirst("/+$", "");
    }
}
