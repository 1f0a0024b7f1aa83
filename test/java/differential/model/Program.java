package model;

/** One program: an object, two things to do with it at the same time, and what is left of it. */
public interface Program {
    void setUp(World world);

    Object one(World world) throws Exception;

    Object two(World world) throws Exception;

    String look();

    String state();
}
