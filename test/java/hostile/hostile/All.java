package hostile;

import java.lang.reflect.*;

/** Runs the programs whose classes are named, one after the other. */
public class All {
    public static void main(String[] names) throws Exception {
        for (String name : names) {
            System.out.println("== " + name);
            run(Class.forName(name));
        }
    }

    /** The main method of a compact source file belongs to an object and takes nothing. */
    private static void run(Class<?> program) throws Exception {
        for (Method method : program.getDeclaredMethods()) {
            if (!method.getName().equals("main")) continue;
            method.setAccessible(true);
            if (Modifier.isStatic(method.getModifiers())) {
                method.invoke(null, (Object) new String[0]);
            } else {
                java.lang.reflect.Constructor<?> made = program.getDeclaredConstructor();
                made.setAccessible(true);
                method.invoke(made.newInstance());
            }
        }
    }
}
