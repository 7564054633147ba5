package properties;

/** Has nothing to do with Weft. */
public class Unrelated {
    static String greeting(String name) {
        return "Hello, " + name;
    }
}
