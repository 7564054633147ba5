package targets.elsewhere;

/** Gives away objects whose class nobody else can name. */
public final class Hidden {
    private Hidden() {}

    static class Secret {
        private final String text;

        Secret(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    interface Cell {}

    private static final class Inner implements Comparable<Inner>, Cell {
        @Override
        public int compareTo(Inner other) {
            return 0;
        }

        @Override
        public String toString() {
            return "inner";
        }
    }

    public static Secret secret(String text) {
        return new Secret(text);
    }

    public static String open(Secret secret, Object with) {
        return secret.text + with;
    }

    public static Secret[] secrets(String... texts) {
        Secret[] all = new Secret[texts.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Secret(texts[i]);
        }
        return all;
    }

    public static int count(Secret[] all) {
        return all.length;
    }

    public static Cell cell() {
        return new Inner();
    }

    public static String cell(Cell cell) {
        return "cell " + cell;
    }
}
