package shapes;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.flink.runtime.io.network.buffer.Buffer;

/**
 * Runs the methods of a shape before and after its fix on equal objects. Both must make the same callbacks in the same
 * order, return or throw the same, and leave the same state; after the fix no callback may find a lock held.
 */
@SuppressWarnings("unchecked")
public final class Compare {
    private static final List<String> EVENTS = new ArrayList<>();
    private static Object shape;
    private static boolean heldAnywhere;
    private static int created;

    public static void main(String[] ids) throws Exception {
        for (String id : ids) {
            int runs = 0;
            boolean heldBefore = false;
            for (int released = 0; released < 2; released++) {
                for (int count : new int[] {0, 5}) {
                    for (int wanted : new int[] {0, 20}) {
                        List<String> names = methods("s" + id);
                        for (String name : names) {
                            heldAnywhere = false;
                            String before = run("s" + id, name, released == 1, count, wanted);
                            heldBefore |= heldAnywhere;
                            heldAnywhere = false;
                            String after = run("a" + id, name, released == 1, count, wanted);
                            runs++;
                            if (heldAnywhere) System.out.println(id + " " + name + ": a lock is held after the fix: " + after);
                            if (!before.equals(after)) System.out.println(id + " " + name + ": before " + before + ", after " + after);
                        }
                    }
                }
            }
            System.out.println("# " + id + " " + runs + (heldBefore ? " held before" : ""));
        }
    }

    private static List<String> methods(String id) throws Exception {
        List<String> names = new ArrayList<>();
        names.add("<init>");
        for (Method method : Class.forName("shapes." + id + ".Shape").getDeclaredMethods()) {
            if (!method.isSynthetic() && method.getName().matches("[fgh]|init|giveBack")) names.add(method.getName());
        }
        Collections.sort(names);
        return names;
    }

    private static String run(String id, String name, boolean released, int count, int wanted) throws Exception {
        EVENTS.clear();
        created = 0;
        Class<?> type = Class.forName("shapes." + id + ".Shape");
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        shape = null;
        String result;
        try {
            shape = constructor.newInstance(values(constructor.getGenericParameterTypes()));
            fill(released, count, wanted);
            result = "made";
            if (!name.equals("<init>")) result = call(type, name);
        } catch (ReflectiveOperationException e) {
            result = String.valueOf(e.getCause());
        }
        return (EVENTS + " " + result + " " + (shape == null ? "" : state())).replaceAll("Object@\\w+", "Object");
    }

    private static String call(Class<?> type, String name) throws ReflectiveOperationException {
        for (Method method : type.getDeclaredMethods()) {
            if (!method.getName().equals(name) || method.isSynthetic()) continue;
            method.setAccessible(true);
            Object result = method.invoke(shape, values(method.getGenericParameterTypes()));
            if (result instanceof Runnable) ((Runnable) result).run();
            return result instanceof Boolean || result instanceof Number || result instanceof String ? String.valueOf(result) : "done";
        }
        return "gone";
    }

    private static void fill(boolean released, int count, int wanted) throws ReflectiveOperationException {
        for (Field field : shape.getClass().getDeclaredFields()) {
            if (field.isSynthetic()) continue;
            field.setAccessible(true);
            if (field.getName().equals("released")) field.setBoolean(shape, released);
            else if (field.getName().equals("count") || field.getName().equals("required")) field.setInt(shape, count);
            else if (field.getName().equals("wanted")) field.setInt(shape, wanted);
            else if (field.getName().equals("LOG")) field.set(null, proxy(field.getType()));
            else if (field.getName().equals("queue") || field.getName().equals("lent")) fill((Collection<Object>) field.get(shape));
            else if (field.getName().equals("byName")) for (String key : new String[] {"name", "a", "b"}) ((Map<Object, Object>) field.get(shape)).put(key, value(Buffer.class));
            else if (!Modifier.isStatic(field.getModifiers()) && field.get(shape) == null) field.set(shape, value(field.getGenericType()));
            else if (field.getType().getName().startsWith("shapes.")) fillStore(field.get(shape));
        }
    }

    private static void fillStore(Object store) throws ReflectiveOperationException {
        for (Field field : store.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            if (Collection.class.isAssignableFrom(field.getType())) fill((Collection<Object>) field.get(store));
            else if (field.getType() == Buffer.class) field.set(store, value(Buffer.class));
        }
    }

    private static void fill(Collection<Object> collection) {
        for (int i = 0; i < 8; i++) collection.add(value(Buffer.class));
    }

    private static Object[] values(Type[] types) {
        return Arrays.stream(types).map(Compare::value).toArray();
    }

    private static Object value(Type type) {
        if (type == int.class) return 1;
        if (type == boolean.class) return true;
        if (type == String.class) return "name";
        if (type == Object.class || type instanceof TypeVariable) return value(Buffer.class);
        if (type instanceof ParameterizedType) return container((ParameterizedType) type);
        Class<?> raw = type instanceof Class ? (Class<?>) type : Object[].class;
        if (raw.isArray()) {
            Object array = Array.newInstance(raw.getComponentType(), 3);
            for (int i = 0; i < 3; i++) Array.set(array, i, value(raw.getComponentType()));
            return array;
        }
        return raw.isInterface() ? proxy(raw) : null;
    }

    private static Object container(ParameterizedType type) {
        Type[] of = type.getActualTypeArguments();
        if (type.getRawType() == Map.class) {
            Map<Object, Object> map = new HashMap<>();
            map.put(of[0] == String.class ? "some name that is long" : value(of[0]), value(of[1]));
            return map;
        }
        Collection<Object> collection = type.getRawType() == ArrayDeque.class ? new ArrayDeque<>() : new ArrayList<>();
        for (int i = 0; i < 3; i++) collection.add(value(of[0]));
        return collection;
    }

    /** An object that notes every call that is a callback, and whether a lock is held at it. */
    private static Object proxy(Class<?> type) {
        String name = type.getSimpleName() + created++;
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        if (method.getName().equals("equals")) return self == arguments[0];
                        return method.getName().equals("hashCode") ? (Object) name.hashCode() : name;
                    }
                    if (method.getName().matches("recycle\\w*|notify\\w+|releaseMemory|warn")) {
                        EVENTS.add(name + "." + method.getName() + (arguments == null ? "" : Arrays.toString(arguments)));
                        if (!method.getName().equals("warn")) heldAnywhere |= held();
                    }
                    Class<?> returned = method.getReturnType();
                    return returned == boolean.class ? (Object) true : returned == int.class ? (Object) 0 : null;
                });
    }

    private static boolean held() throws IllegalAccessException {
        if (shape == null) return false;
        if (Thread.holdsLock(shape) || Thread.holdsLock(shape.getClass())) return true;
        for (Field field : shape.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            Object value = field.getType().isPrimitive() ? null : field.get(shape);
            if (value == null) continue;
            if (Thread.holdsLock(value)) return true;
            if (value instanceof ReentrantLock && ((ReentrantLock) value).isHeldByCurrentThread()) return true;
            if (value instanceof ReentrantReadWriteLock) {
                ReentrantReadWriteLock both = (ReentrantReadWriteLock) value;
                if (both.isWriteLockedByCurrentThread() || both.getReadHoldCount() > 0) return true;
            }
        }
        return false;
    }

    private static String state() throws IllegalAccessException {
        StringBuilder result = new StringBuilder();
        for (Field field : shape.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            Object value = field.get(shape);
            if (field.getType().isPrimitive() || value instanceof Collection || value instanceof Map || value instanceof Buffer || value == null) {
                result.append(field.getName()).append('=').append(value).append(' ');
            }
        }
        return result.toString();
    }
}
