package dev.weft.spec.doors;

/**
 * A program that loads classes. It has a loader that knows them, so an agent does not contain it.
 */
public final class Load {
    private Load() {}

    /** Loads the classes of these names. */
    public static void main(String[] names) throws ClassNotFoundException {
        for (String name : names) {
            Class.forName(name, false, Load.class.getClassLoader());
        }
    }
}
