package dev.weft.internal.trace;

/** Short texts for positions in source code. */
final class Places {
    private Places() {}

    /** Returns the class without its package, and the method, such as "Shop.serve". */
    static String body(StackTraceElement place) {
        String name = place.getClassName();
        return name.substring(name.lastIndexOf('.') + 1) + "." + place.getMethodName();
    }

    /** Returns a text such as "Shop.serve(Shop.java:42)". */
    static String text(StackTraceElement place) {
        if (place.getFileName() == null || place.getLineNumber() <= 0) {
            return body(place);
        }
        return body(place) + "(" + place.getFileName() + ":" + place.getLineNumber() + ")";
    }
}
