package dev.weft.instrument.random;

import dev.weft.instrument.random.Scope.Kind;
import dev.weft.instrument.random.Scope.Variable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Random expressions, with {@code await} in any position.
 *
 * <p>Calls of generic methods name their types, and conditional and switch expressions stand in a
 * cast: to find such types out, javac would take ten times as long for the same code.
 */
final class Expressions {
    private static final int DEEPEST = 3;

    private final Scope scope;

    /** The methods to call, and the generators to read. */
    private final List<AsyncMethod> asyncMethods;

    /** Creates expressions over what the scope names, and calls of the methods. */
    Expressions(Scope scope, List<AsyncMethod> asyncMethods) {
        this.scope = scope;
        this.asyncMethods = asyncMethods;
    }

    /** Returns a call of one of the methods whose results can stand for that type, or null. */
    @Nullable String call(Kind type, int depth) {
        List<AsyncMethod> fitting =
                asyncMethods.stream().filter(method -> method.resultsAre(type)).toList();
        return fitting.isEmpty()
                ? null
                : scope.pick(fitting)
                        .call(!scope.method.isStatic(), argument -> of(argument, depth));
    }

    /** Returns one of the generators, or null. */
    @Nullable AsyncMethod generator() {
        List<AsyncMethod> generators =
                asyncMethods.stream().filter(AsyncMethod::isGenerator).toList();
        return generators.isEmpty() ? null : scope.pick(generators);
    }

    String of(Kind type) {
        return of(type, scope.random.nextInt(DEEPEST));
    }

    /** Returns an expression that usually awaits. */
    String awaiting(Kind type) {
        return await(type, 1 + scope.random.nextInt(2));
    }

    /** An object that is unfinished while a {@code try} among its arguments awaits. */
    String unfinished() {
        return unfinished(scope.random.nextInt(DEEPEST));
    }

    String of(Kind type, int depth) {
        if (depth <= 0) {
            return leaf(type);
        }
        return switch (scope.random.nextInt(6)) {
            case 0, 1 -> await(type, depth - 1);
            case 2 -> conditional(type, depth - 1);
            case 3 -> scope.chance(50) ? chosen(type, depth - 1) : composed(type, depth - 1);
            default -> composed(type, depth - 1);
        };
    }

    private String conditional(Kind type, int depth) {
        return "((%s) (%s ? %s : %s))"
                .formatted(type.java, of(Kind.BOOLEAN, depth), of(type, depth), of(type, depth));
    }

    private String await(Kind type, int depth) {
        String call = scope.chance(40) ? call(type, depth - 1) : null;
        if (call != null) {
            return awaited(type, call);
        }
        String name = scope.fresh("s");
        String value = of(type, depth - 1);
        String step = type != Kind.OBJECT && scope.chance(10) ? "stage" : "step";
        return "Weft.<%s>await(Steps.<%s>%s(\"%s\", %s))"
                .formatted(type.boxed, type.boxed, step, name, value);
    }

    /** An await of a call, in one of two ways; a cast is of no use to most of them. */
    private String awaited(Kind type, String call) {
        return scope.chance(20)
                ? "((%s) (Object) Weft.await(%s, Exception.class))".formatted(type.boxed, call)
                : "((%s) Weft.await(%s))".formatted(type.java, call);
    }

    /** A switch expression. */
    private String chosen(Kind type, int depth) {
        String first = of(type, depth);
        String second = of(type, depth);
        String last = of(type, depth);
        return scope.chance(50)
                ? "((%s) (switch (%s & 3) { case 0 -> %s; case 1, 2 -> %s; default -> %s; }))"
                        .formatted(type.java, of(Kind.INT, depth), first, second, last)
                : "((%s) (switch (\"\" + %s) { case \"0\" -> %s; case \"true\" -> { %s yield Pair.<%s>same(%s); } default -> %s; }))"
                        .formatted(
                                type.java,
                                of(printable(), depth),
                                first,
                                emitOrLog(1),
                                type.boxed,
                                second,
                                last);
    }

    private String unfinished(int depth) {
        return switch (scope.random.nextInt(4)) {
            case 0 -> "new Pair(%s, %s)".formatted(under(depth - 1), under(depth - 1));
            case 1 ->
                    "new Wide(%s, %s)"
                            .formatted(of(Kind.INT, depth - 1), tried(Kind.DOUBLE, depth - 1));
            case 2 -> "new StringBuilder(\"\" + %s)".formatted(under(depth - 1));
            default -> "new IllegalStateException(\"\" + %s)".formatted(under(depth - 1));
        };
    }

    /**
     * Returns an expression that awaits under an unfinished object: a {@code try}, or another
     * object around that.
     */
    private String under(int depth) {
        return depth > 0 && scope.chance(50) ? unfinished(depth) : tried(Kind.OBJECT, depth);
    }

    /**
     * A switch expression with a {@code try}. What lies on the stack goes to locals meanwhile, and
     * javac crashes if that is a long or a double.
     */
    private String tried(Kind type, int depth) {
        boolean nested = type == Kind.OBJECT && depth > 0 && scope.chance(30);
        String body =
                "{ %s yield %s; }"
                        .formatted(
                                scope.method.isGenerator() && scope.chance(50) ? emit(depth) : "",
                                nested ? unfinished(depth) : await(type, depth));
        String e = scope.fresh("e");
        String caught =
                " catch (%s %s) { log(%s); yield %s; }"
                        .formatted(
                                pick("RuntimeException", "Throwable"),
                                e,
                                e,
                                maybeAwaiting(type, depth));
        String last =
                scope.chance(70)
                        ? " finally { log(%s); }".formatted(maybeAwaiting(scope.anyKind(), depth))
                        : " finally { %s }".formatted(emitOrLog(depth));
        String resource =
                "(Resource %s = new Resource(%s)) "
                        .formatted(scope.fresh("r"), of(Kind.INT, depth));
        return "((%s) (switch (%s & 1) { case 0 -> { try %s } default -> %s; }))"
                .formatted(
                        type.java,
                        of(Kind.INT, depth),
                        pick(body + caught, body + last, body + caught + last, resource + body),
                        of(type, depth));
    }

    /** A statement that emits an element. */
    String emit(int depth) {
        Kind type = scope.method.result();
        return "AsyncStream.<%s>emit(%s);".formatted(type.boxed, of(type, depth));
    }

    private String emitOrLog(int depth) {
        return scope.method.isGenerator() && scope.chance(70)
                ? emit(depth)
                : "log(" + of(Kind.INT, depth) + ");";
    }

    private String maybeAwaiting(Kind type, int depth) {
        return scope.chance(50) ? await(type, depth) : of(type, depth);
    }

    private String composed(Kind type, int depth) {
        return switch (type) {
            case INT -> integer(depth);
            case LONG ->
                    pick(
                            "(%s + %s)".formatted(of(Kind.LONG, depth), of(Kind.INT, depth)),
                            "(%s * %s)".formatted(of(Kind.LONG, depth), of(Kind.LONG, depth)),
                            "(%s << %s)".formatted(of(Kind.LONG, depth), of(Kind.INT, depth)),
                            "wide(%s, %s)".formatted(of(Kind.INT, depth), of(Kind.LONG, depth)),
                            "(shared += %s)".formatted(of(Kind.LONG, depth)));
            case DOUBLE ->
                    pick(
                            "(%s + %s)".formatted(of(Kind.DOUBLE, depth), of(Kind.LONG, depth)),
                            "(%s / %s)".formatted(of(Kind.DOUBLE, depth), of(Kind.DOUBLE, depth)),
                            "Math.max((double) %s, %s)"
                                    .formatted(of(Kind.DOUBLE, depth), of(Kind.INT, depth)));
            case BOOLEAN -> bool(depth);
            case CHAR ->
                    pick(
                            "((char) (%s + %s))"
                                    .formatted(of(Kind.CHAR, depth), of(Kind.INT, depth)),
                            "letter(%s, %s)"
                                    .formatted(of(Kind.STRING, depth), of(Kind.INT, depth)));
            case STRING ->
                    pick(
                            "(%s + %s)".formatted(of(Kind.STRING, depth), of(printable(), depth)),
                            "(%s + %s + \"-\")"
                                    .formatted(of(Kind.INT, depth), of(Kind.STRING, depth)),
                            "text(%s, %s, %s)"
                                    .formatted(
                                            of(Kind.CHAR, depth),
                                            of(Kind.DOUBLE, depth),
                                            of(Kind.OBJECT, depth)));
            case OBJECT ->
                    pick(
                            "new Pair(%s, %s)"
                                    .formatted(of(Kind.OBJECT, depth), of(Kind.OBJECT, depth)),
                            "new Pair(%s, %s).left()"
                                    .formatted(of(Kind.STRING, depth), of(Kind.LONG, depth)),
                            "((Object) (%s))".formatted(of(printable(), depth)),
                            "Weft.<Object>await(lambda(() -> %s))".formatted(lambda(depth)),
                            "Weft.<Object>await(((AsyncCallable<Object>) () -> %s).call())"
                                    .formatted(lambda(depth)));
            case INTS ->
                    pick(
                            "(new int[] {%s, %s, %s, 0})"
                                    .formatted(
                                            of(Kind.INT, depth),
                                            of(Kind.INT, depth),
                                            of(Kind.INT, depth)),
                            "%s.clone()".formatted(of(Kind.INTS, depth)));
        };
    }

    private String integer(int depth) {
        String a = of(Kind.INT, depth);
        String b = of(Kind.INT, depth);
        List<Variable> ints =
                scope.assignable().stream().filter(v -> v.type() == Kind.INT).toList();
        if (!ints.isEmpty() && scope.chance(30)) {
            String name = scope.pick(ints).name();
            return pick(
                    "(%s += %s)".formatted(name, a), "(%s = %s)".formatted(name, a), name + "++");
        }
        return pick(
                "(%s + %s)".formatted(a, b),
                "(%s * %s)".formatted(a, b),
                "(%s - %s)".formatted(a, b),
                "(%s / (%s | 1))".formatted(a, b),
                "(%s %% 7)".formatted(a),
                "Math.max(%s, %s)".formatted(a, b),
                "(int) (0L + %s)".formatted(of(Kind.LONG, depth)),
                "%s.length()".formatted(of(Kind.STRING, depth)),
                "%s[%s & 3]".formatted(of(Kind.INTS, depth), a),
                "(%s[%s & 3] += %s)".formatted(of(Kind.INTS, depth), a, b),
                "%s[%s & 3]++".formatted(of(Kind.INTS, depth), a),
                "new Pair(%s, %s).size(%s)"
                        .formatted(of(Kind.OBJECT, depth), of(Kind.STRING, depth), a),
                "Steps.<Integer>seen(%s)".formatted(a));
    }

    private String bool(int depth) {
        String a = of(Kind.BOOLEAN, depth);
        String b = of(Kind.BOOLEAN, depth);
        return pick(
                "(%s && %s)".formatted(a, b),
                "(%s || %s)".formatted(a, b),
                "(%s ^ %s)".formatted(a, b),
                "!%s".formatted(a),
                "(%s < %s)".formatted(of(Kind.INT, depth), of(Kind.LONG, depth)),
                "(%s == %s)".formatted(of(Kind.INT, depth), of(Kind.INT, depth)),
                "((Object) %s instanceof String)".formatted(of(Kind.OBJECT, depth)));
    }

    private String lambda(int depth) {
        Expressions inside = new Expressions(scope.ofLambda(), List.of());
        return "Coroutine.<Object>of(%s)".formatted(inside.of(Kind.OBJECT, Math.min(2, depth)));
    }

    private String leaf(Kind type) {
        List<Variable> variables = scope.of(type);
        if (!variables.isEmpty() && scope.chance(75)) {
            return scope.pick(variables).name();
        }
        int n = scope.random.nextInt(5);
        return switch (type) {
            case INT -> pick("" + n, "1000", "-1");
            case LONG -> pick(n + "L", "(1L << 40)");
            case DOUBLE -> n + ".5";
            case BOOLEAN -> n % 2 == 0 ? "true" : "false";
            case CHAR -> "'" + (char) ('a' + n) + "'";
            case STRING -> pick("\"t" + n + "\"", "\"\"");
            case OBJECT -> pick("null", "((Object) \"o" + n + "\")", "((Object) " + n + ")");
            case INTS -> "(new int[] {1, 2, 3, " + n + "})";
        };
    }

    /** A type whose values are the same text in every run. */
    private Kind printable() {
        Kind type = scope.anyKind();
        return type == Kind.INTS ? Kind.INT : type;
    }

    private String pick(String... from) {
        return scope.pick(List.of(from));
    }
}
