package dev.weft.instrument.random;

import dev.weft.instrument.random.Block.Statement;
import dev.weft.instrument.random.Scope.Kind;

/**
 * Random returns, and variables that hold coroutines: made by calls, null, or read from fields,
 * arrays and variables.
 *
 * <p>Where await blocks, a coroutine runs when a call makes it. So one that leaves a trace is
 * returned at once; the others only suspend. None that runs once is used twice.
 */
final class Returns {
    private final Scope scope;
    private final Expressions expressions;
    private final String type;

    /** The largest depth of expressions; 0 where no await is allowed. */
    private final int depth;

    Returns(Scope scope, Expressions expressions) {
        this(scope, expressions, 1);
    }

    private Returns(Scope scope, Expressions expressions, int depth) {
        this.scope = scope;
        this.expressions = expressions;
        this.type = "Coroutine<" + scope.method.result().boxed + ">";
        this.depth = depth;
    }

    /** Declares a variable for a coroutine. */
    Statement declaration() {
        String name = scope.fresh("k");
        Statement declared = Statement.of(type + " " + name + " = " + silent() + ";");
        scope.coroutines.add(name);
        return declared;
    }

    /** Changes such a variable, perhaps on one path only. */
    Statement assignment() {
        String name = scope.pick(scope.coroutines);
        String simple = name + " = " + silent() + ";";
        return switch (scope.random.nextInt(3)) {
            case 0 -> Statement.of(simple);
            case 1 -> Statement.of("if (%s) { %s }".formatted(of(Kind.BOOLEAN), simple));
            default ->
                    Statement.of(
                            "switch (%s & 3) { case 1: %s break; case 2: %s = %s; }"
                                    .formatted(of(Kind.INT), simple, name, silent()));
        };
    }

    /** Returns what the last return of a method returns. */
    String result() {
        return scope.method.isGenerator() ? end() : resultOfCoroutine();
    }

    private String end() {
        return "AsyncStream.<" + scope.method.result().boxed + ">end()";
    }

    private String resultOfCoroutine() {
        return scope.chance(30) ? made() : readyMade();
    }

    /** One or more statements that return. */
    String returning() {
        if (!scope.method.isGenerator() && !scope.coroutines.isEmpty() && scope.chance(30)) {
            return "return " + scope.pick(scope.coroutines) + ";";
        }
        String k = scope.fresh("k");
        return scope.method.isGenerator() ? ending(k) : returning(k);
    }

    private String ending(String k) {
        String stream = "AsyncStream<" + scope.method.result().boxed + "> " + k;
        return switch (scope.random.nextInt(4)) {
            case 0 -> "{ %s = %s; return %s; }".formatted(stream, end(), k);
            case 1 -> "return %s ? %s : %s;".formatted(of(Kind.BOOLEAN), end(), end());
            default -> "return " + end() + ";";
        };
    }

    private String returning(String k) {
        return switch (scope.random.nextInt(10)) {
            case 0, 1 -> "return " + readyMade() + ";";
            case 2 -> "return " + made() + ";";
            case 3 -> "{ %s %s = %s; return %s; }".formatted(type, k, made(), k);
            case 4 -> used(k);
            case 5 ->
                    "{ %s %s = %s; if (%s == null) { return %s; } return %s; }"
                            .formatted(type, k, silent(), k, readyMade(), k);
            case 6 ->
                    "{ Object %s = %s; if (%s instanceof Coroutine) { return (%s) %s; } return %s; }"
                            .formatted(k, silent(), k, type, k, readyMade());
            case 7 -> fieldThatIsNotUsedUp(k);
            case 8 ->
                    "return (%s) (%s ? %s : %s);"
                            .formatted(type, of(Kind.BOOLEAN), silent(), made());
            default -> "return " + silent() + ";";
        };
    }

    /** A coroutine that is used inside a try is awaited where it leaves the try. */
    private String used(String k) {
        String value = scope.inTry ? silentOrFailing(scope.random.nextInt(3)) : made();
        return "{ %s %s = %s; use(%s); return %s; }".formatted(type, k, value, k, k);
    }

    /** A field is read on a path that awaits it, and returned on the other. */
    private String fieldThatIsNotUsedUp(String k) {
        return "{ boolean b%s = %s; once = %s; %s %s = (%s) once; if (b%s) { return Coroutine.of(Weft.<%s>await((%s) once)); } return %s; }"
                .formatted(
                        k,
                        of(Kind.BOOLEAN),
                        silentCall(),
                        type,
                        k,
                        type,
                        k,
                        scope.method.result().boxed,
                        type,
                        k);
    }

    /** A return while a monitor is held: in a try of no coroutine that a call makes. */
    String returningLocked() {
        if (scope.method.isGenerator()) {
            return "return " + end() + ";";
        }
        Returns withoutAwaits = new Returns(scope, expressions, 0);
        return "return "
                + (scope.inTry ? withoutAwaits.handedOver() : withoutAwaits.silent())
                + ";";
    }

    /** A coroutine that a call makes; it may leave a trace, suspend or fail. */
    private String made() {
        int way = scope.random.nextInt(4);
        String call = way == 3 ? expressions.call(scope.method.result(), depth) : null;
        return call == null ? silentOrFailing(way) : "(%s) (Coroutine<?>) %s".formatted(type, call);
    }

    private String silentOrFailing(int way) {
        if (way == 0) {
            return "Generated.<%s>failing(\"failing\")".formatted(scope.method.result().boxed);
        }
        return way == 1 ? "(%s) (Object) %s".formatted(type, silentCall()) : silentCall();
    }

    /** A coroutine that leaves no trace, or null. */
    private String silent() {
        return scope.chance(50) ? silentCall() : handedOver();
    }

    private String silentCall() {
        return "Generated.<%s>quietly(%s)"
                .formatted(scope.method.result().boxed, of(scope.method.result()));
    }

    /** Null, or a coroutine that no call makes here. */
    private String handedOver() {
        if (scope.method.mayReturnNull() && scope.chance(30)) {
            return "null";
        }
        if (scope.method.result() != Kind.INT && scope.method.result() != Kind.OBJECT) {
            return readyMade();
        }
        return switch (scope.random.nextInt(3)) {
            case 0 -> "(%s) kept".formatted(type);
            case 1 -> "(%s) SLOTS[%s & 3]".formatted(type, of(Kind.INT));
            default -> readyMade();
        };
    }

    private String readyMade() {
        return "Coroutine.<%s>of(%s)"
                .formatted(scope.method.result().boxed, of(scope.method.result()));
    }

    private String of(Kind kind) {
        return expressions.of(kind, depth);
    }
}
