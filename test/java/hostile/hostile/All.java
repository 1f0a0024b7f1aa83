package hostile;

/** Runs the programs whose classes are named, one after the other. */
public class All {
    public static void main(String[] names) throws Exception {
        for (String name : names) {
            System.out.println("== " + name);
            Class.forName(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        }
    }
}
